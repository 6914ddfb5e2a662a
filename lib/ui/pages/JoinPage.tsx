/** The page to join a public room, with one button, for people who followed a link to it. */
import type { Language } from "../../protocol/accounts.ts";
import type { Room } from "../../protocol/rooms.ts";
import { pageWords } from "../catalogue/pages.ts";
import { AuthFrame } from "./AuthFrame.tsx";

export interface JoinPageProps {
  language: Language;
  room: Room;
  /** Whose page it is: the button must not join anybody else. */
  sessionId: number;
}

/** The form comes back to the same address, which leads on into the room. Works without a script. */
export function JoinPage({ language, room, sessionId }: JoinPageProps) {
  const words = pageWords(language);
  return (
    <AuthFrame
      title={words.browse.joinName(room.name ?? "")}
      lead={room.topic || words.room.beginningPublic}
    >
      <form method="post" class="auth-form">
        <input type="hidden" name="session" value={sessionId} />
        <button type="submit" class="button primary wide">{words.browse.join}</button>
      </form>
      <p class="auth-other">
        <a href="/">{words.common.back}</a>
      </p>
    </AuthFrame>
  );
}
