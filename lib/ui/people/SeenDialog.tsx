/** Who of a direct room has seen a message, and when; and who has not. */
import { useEffect } from "preact/hooks";
import type { Message } from "../../protocol/messages.ts";
import { useDialogView } from "../dialog_view.ts";
import { formatMoment } from "../dates.ts";
import { fullName, plainName } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { Name } from "../parts/Name.tsx";
import { type MessageReader, readersOf } from "./seen.ts";

export function SeenDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const { state, actions, words } = useDialogView();
  const room = state.rooms.value.get(message.room);
  useEffect(() => {
    if (state.seen.peek()?.room !== message.room) actions.loadSeen(message.room).catch(() => {});
  }, []);
  const self = state.me.value.id;
  const readers = room && readersOf(room, message, state.seen.value, self);
  return (
    <Dialog title={words.seen.title} size="small" onClose={onClose}>
      {!readers ? <p class="panel-note">{words.common.loading}</p> : (
        <ul class="seen-list">
          {readers.map((reader) => <Row key={reader.id} reader={reader} />)}
        </ul>
      )}
    </Dialog>
  );
}

function Row({ reader: { id, seen, at } }: { reader: MessageReader }) {
  const { state, words, clock } = useDialogView();
  const user = state.users.value.get(id);
  return (
    <li class={seen ? "result" : "result unseen"}>
      <Avatar
        id={id}
        name={user === undefined ? "?" : plainName(user)}
        picture={user?.avatar ?? null}
      />
      <span class="result-text grow">
        <Name class="name">{user === undefined ? "…" : fullName(user)}</Name>
        <span class="handle">
          {!seen
            ? words.seen.notYet
            : at === null
            ? words.seen.seen
            : formatMoment(at, clock.value, words.dates)}
        </span>
      </span>
    </li>
  );
}
