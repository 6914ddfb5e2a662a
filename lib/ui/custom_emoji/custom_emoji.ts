/** Where the page of custom emoji is, and its props. Pure. */
import type { Language, Me } from "../../protocol/accounts.ts";
import type { CustomEmoji } from "../../protocol/custom_emoji.ts";
import type { User } from "../../protocol/people.ts";
import type { PageWords } from "../catalogue/pages.ts";

export type EmojiNotice = keyof PageWords["emojiPage"]["notices"];

export interface EmojiPlace {
  /** The room that the reader came from: the way back leads there. */
  room: number | null;
  /** What became of a form. */
  notice?: EmojiNotice | null;
  /** What stood in it, where it was refused. */
  name?: string;
}

export interface EmojiPageProps {
  language: Language;
  me: Me;
  /** Whose page it is: its forms change nothing for anybody else. */
  sessionId: number;
  instance: string;
  place: EmojiPlace;
  emoji: readonly CustomEmoji[];
  /** Or why not: this server keeps no files; others do it. */
  mayAdd: true | "keepsNone" | "staffOnly";
  /** Of those who added them, as many as are known. */
  users: readonly User[];
}

export function emojiPagePath({ room, notice = null, name = "" }: EmojiPlace): string {
  const query = new URLSearchParams();
  if (room !== null) query.set("room", String(room));
  if (notice !== null) query.set("notice", notice);
  if (name !== "") query.set("name", name);
  return `/emoji${query.size === 0 ? "" : `?${query}`}`;
}
