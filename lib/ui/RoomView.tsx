/** The open room: header, conversation, composer, members; or what to do if none is open. */
import { mayWrite } from "../protocol/permissions.ts";
import { Composer } from "./conversation/Composer.tsx";
import { Conversation } from "./conversation/Conversation.tsx";
import { standing } from "./rights.ts";
import { titleOf, useView } from "./view.ts";
import { ConnectionLine } from "./room/ConnectionLine.tsx";
import { KeptText } from "./room/KeptText.tsx";
import { Missing, Welcome } from "./room/NoRoom.tsx";
import { RoomHeader } from "./room/RoomHeader.tsx";
import { WithheldLine } from "./room/WithheldLine.tsx";

/** Keyed by room: another room is another view, with its own scroll place and draft. */
export function RoomView({ room: id }: { room: number | null }) {
  const view = useView();
  const { state, words } = view;
  const room = id === null ? undefined : state.rooms.value.get(id);
  if (id === null) return <Welcome />;
  if (!room) return <Missing id={id} />;
  const writable = mayWrite(standing(state.me.value, room)) === "allowed";
  return (
    <main class="room">
      <RoomHeader room={room} />
      <ConnectionLine />
      <WithheldLine />
      <Conversation room={room.id} title={titleOf(view, room)} />
      {writable ? <Composer room={room} /> : (
        <div class="archived-note" id="composer" tabIndex={-1}>
          <p>{words.room.archivedNote}</p>
          <KeptText room={room.id} />
        </div>
      )}
    </main>
  );
}
