/** The rooms that are not in the list: browse them page by page, and open them. */
import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { badgeCount } from "../catalogue/numbers.ts";
import { Dialog } from "../parts/Dialog.tsx";
import { SearchField } from "../parts/SearchField.tsx";
import { RoomMark } from "../parts/RoomMark.tsx";
import { attempt, titleOf } from "../view.ts";
import { useDialogView } from "../dialog_view.ts";
import { HiddenRoomsSearch } from "./hidden_rooms.ts";
import { useSearch } from "./search.ts";

export function HiddenDialog({ onClose }: { onClose: () => void }) {
  const view = useDialogView();
  const { words, actions } = view;
  const hidden = useMemo(
    () => new HiddenRoomsSearch((query, before) => actions.hiddenRooms(query, before)),
    [actions],
  );
  const busy = useSignal(false);
  const search = useSearch((query) => hidden.begin(query));

  /** One thing at a time; true where it went through. */
  async function run(action: () => Promise<unknown>): Promise<boolean> {
    busy.value = true;
    const done = await attempt(view, action);
    busy.value = false;
    return done;
  }
  async function open(room: MemberRoom) {
    if (!await run(() => actions.showRoom(room.id))) return;
    onClose();
    view.navigate({ room: room.id });
  }
  const rooms = [...search.results ?? [], ...hidden.more.value];
  const hasMore = hidden.next.value !== null;
  return (
    <Dialog title={words.hidden.title} onClose={onClose}>
      <SearchField label={words.hidden.search} query={search.query} />
      {search.error && <p class="form-error" role="alert">{search.error}</p>}
      {search.results === null && !search.error && <p class="panel-note">{words.common.loading}</p>}
      {search.results !== null && rooms.length === 0 && !hasMore && (
        <p class="panel-note">{words.hidden.empty}</p>
      )}
      <ul class="results">
        {rooms.map((room) => <Result key={room.id} room={room} busy={busy.value} onOpen={open} />)}
      </ul>
      {hasMore && (
        <button
          type="button"
          class="button"
          disabled={busy.value}
          onClick={() => void run(() => hidden.goOn())}
        >
          {words.hidden.more}
        </button>
      )}
    </Dialog>
  );
}

interface ResultProps {
  room: MemberRoom;
  busy: boolean;
  onOpen: (room: MemberRoom) => void;
}

function Result({ room, busy, onOpen }: ResultProps) {
  const view = useDialogView();
  const { words } = view;
  const title = titleOf(view, room);
  return (
    <li class="result">
      <RoomMark room={room} />
      <span class="result-text grow">
        <span class="name">{title}</span>
        {room.membership.unread > 0 && (
          <span class="handle">{words.sidebar.unread(badgeCount(room.membership.unread))}</span>
        )}
      </span>
      <button
        type="button"
        class="button small"
        aria-label={words.browse.openName(title)}
        disabled={busy}
        onClick={() => onOpen(room)}
      >
        {words.browse.open}
      </button>
    </li>
  );
}
