/** The public rooms: browse, join and open them. */
import { useSignal } from "@preact/signals";
import type { Room } from "../../protocol/rooms.ts";
import { isolate } from "../direction.ts";
import { Dialog } from "../parts/Dialog.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Name } from "../parts/Name.tsx";
import { SearchField } from "../parts/SearchField.tsx";
import { attempt } from "../view.ts";
import { useDialogView } from "../dialog_view.ts";
import { useSearch } from "./search.ts";

export function BrowseDialog({ onClose }: { onClose: () => void }) {
  const view = useDialogView();
  const { words, actions } = view;
  const search = useSearch((query) => actions.browseRooms(query));
  const busy = useSignal<number | null>(null);

  async function enter(room: Room, joined: boolean) {
    if (busy.value !== null) return;
    busy.value = room.id;
    const done = joined || await attempt(view, () => actions.joinRoom(room.id));
    busy.value = null;
    if (!done) return;
    onClose();
    view.navigate({ room: room.id });
  }
  return (
    <Dialog title={words.browse.title} onClose={onClose}>
      <SearchField label={words.browse.search} query={search.query} />
      {search.error && <p class="form-error" role="alert">{search.error}</p>}
      {search.results === null && !search.error && <p class="panel-note">{words.common.loading}</p>}
      {search.results?.length === 0 && <p class="panel-note">{words.browse.empty}</p>}
      <ul class="results">
        {search.results?.map((room) => (
          <Result key={room.id} room={room} busy={busy.value !== null} onEnter={enter} />
        ))}
      </ul>
    </Dialog>
  );
}

interface ResultProps {
  room: Room;
  busy: boolean;
  onEnter: (room: Room, joined: boolean) => void;
}

function Result({ room, busy, onEnter }: ResultProps) {
  const { words, state } = useDialogView();
  const joined = state.rooms.value.has(room.id);
  const name = room.name ?? "";
  return (
    <li class="result">
      <span class="room-mark">
        <Icon name="hash" />
      </span>
      <button
        type="button"
        class="result-text grow look"
        title={words.browse.lookName(name)}
        onClick={() => onEnter(room, true)}
      >
        <Name class="name">{name}</Name>
        <span class="handle">
          {words.room.memberCount(room.memberCount)}
          {room.topic && ` · ${isolate(room.topic)}`}
        </span>
      </button>
      <button
        type="button"
        class={joined ? "button small" : "button small primary"}
        aria-label={joined ? words.browse.openName(name) : words.browse.joinName(name)}
        disabled={busy}
        onClick={() => onEnter(room, joined)}
      >
        {joined ? words.browse.open : words.browse.join}
      </button>
    </li>
  );
}
