/** The open room: header, conversation, composer, members; or what to do if none is open. */
import { mayWrite } from "../protocol/permissions.ts";
import { RoomComposer } from "./conversation/kept_composer.ts";
import { loadViews } from "./files/shown.ts";
import { loadRest } from "./conversation/load_rest.ts";
import { Conversation } from "./conversation/Conversation.tsx";
import { standing } from "./rights.ts";
import { titleOf, useView } from "./view.ts";
import { ConnectionLine } from "./room/ConnectionLine.tsx";
import { useAtRest } from "./parts/at_rest.ts";
import { KeptText } from "./room/KeptText.tsx";
import { RoomHeader } from "./room/RoomHeader.tsx";
import { Welcome } from "./room/Welcome.tsx";
import { WithheldLine } from "./room/WithheldLine.tsx";

/** A room that is looked at from outside. */
function Outside() {
  const { preview } = useView().state;
  const rest = useAtRest(loadRest, true);
  return rest && preview.value && (
    <rest.PreviewMessages key={preview.value.room.id} preview={preview.value} />
  );
}

/** What shows files comes at rest, so that a room that is opened from here need not wait for it. */
function NoRoom() {
  useAtRest(loadViews, false);
  return <Welcome />;
}

/** Keyed by room: another room is another view, with its own scroll place and draft. */
export function RoomView({ room: id }: { room: number | null }) {
  const view = useView();
  const { state, words } = view;
  const room = id === null ? undefined : state.rooms.value.get(id);
  if (!room) return state.preview.value === null ? <NoRoom /> : <Outside />;
  const writable = mayWrite(standing(state.me.value, room)) === "allowed";
  return (
    <main class="room">
      <RoomHeader room={room} />
      <ConnectionLine />
      <WithheldLine />
      <Conversation room={room.id} title={titleOf(view, room)} />
      {writable
        ? <RoomComposer room={room} />
        : (
          <div class="archived-note" id="composer" tabIndex={-1}>
            <p>{words.room.archivedNote}</p>
            <KeptText home={room.id} />
          </div>
        )}
    </main>
  );
}
