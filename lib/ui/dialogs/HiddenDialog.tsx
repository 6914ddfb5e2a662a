/** The rooms that are not in the list: to look through, page by page, and to open. */
import { useSignal } from "@preact/signals";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { badgeCount } from "../numbers.ts";
import { Dialog } from "../parts/Dialog.tsx";
import { SearchField } from "../parts/SearchField.tsx";
import { RoomMark } from "../parts/RoomMark.tsx";
import { attempt, titleOf } from "../view.ts";
import { useDialogView } from "./dialog_view.ts";
import { useSearch } from "./search.ts";

/** Pages that are looked through for a name before it is asked whether to go on. */
const PAGES_A_SEARCH = 4;

export function HiddenDialog({ onClose }: { onClose: () => void }) {
  const view = useDialogView();
  const { words, actions } = view;
  /** What was found after the first answer, for the words it was found for. */
  const more = useSignal<MemberRoom[]>([]);
  const next = useSignal<number | null>(null);
  const busy = useSignal(false);

  /** Goes on until something is found: a page may hold nothing and yet not be the last. */
  async function find(query: string, from: number | null): Promise<MemberRoom[]> {
    let before = from;
    for (let page = 0; page < PAGES_A_SEARCH; page++) {
      const found = await actions.hiddenRooms(query, before);
      next.value = before = found.next;
      if (found.rooms.length > 0 || before === null) return found.rooms;
    }
    return [];
  }
  const search = useSearch((query) => {
    more.value = [];
    return find(query, null);
  });

  async function goOn() {
    busy.value = true;
    await attempt(view, async () => {
      more.value = [...more.value, ...await find(search.query.value.trim(), next.value)];
    });
    busy.value = false;
  }
  async function open(room: MemberRoom) {
    busy.value = true;
    const shown = await attempt(view, () => actions.showRoom(room.id));
    busy.value = false;
    if (!shown) return;
    onClose();
    view.navigate({ room: room.id });
  }
  const rooms = [...search.results ?? [], ...more.value];
  return (
    <Dialog title={words.hidden.title} onClose={onClose}>
      <SearchField label={words.hidden.search} query={search.query} />
      {search.error && <p class="form-error" role="alert">{search.error}</p>}
      {search.results === null && !search.error && <p class="panel-note">{words.common.loading}</p>}
      {search.results !== null && rooms.length === 0 && next.value === null && (
        <p class="panel-note">{words.common.nothingFound}</p>
      )}
      <ul class="results">
        {rooms.map((room) => (
          <li key={room.id} class="result">
            <RoomMark room={room} />
            <span class="result-text grow">
              <span class="name">{titleOf(view, room)}</span>
              {room.membership.unread > 0 && (
                <span class="handle">
                  {words.sidebar.unread(badgeCount(room.membership.unread))}
                </span>
              )}
            </span>
            <button
              type="button"
              class="button small"
              aria-label={words.browse.openName(titleOf(view, room))}
              disabled={busy.value}
              onClick={() => void open(room)}
            >
              {words.browse.open}
            </button>
          </li>
        ))}
      </ul>
      {next.value !== null && (
        <button
          type="button"
          class="button"
          disabled={busy.value}
          onClick={() => void goOn()}
        >
          {words.hidden.more}
        </button>
      )}
    </Dialog>
  );
}
