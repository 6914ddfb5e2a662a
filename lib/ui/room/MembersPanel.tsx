/** The open room's members and their presence, with the actions on them. */
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Member } from "../../protocol/members.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { mayAdd, mayRemove } from "../../protocol/permissions.ts";
import { standing } from "../rights.ts";
import { IconButton } from "../parts/IconButton.tsx";
import { SearchField } from "../parts/SearchField.tsx";
import { matching } from "../people_search.ts";
import { useDialogView } from "../dialog_view.ts";
import { errorText } from "../view.ts";
import { coverBeside } from "./covered.ts";
import { MemberList } from "./MemberList.tsx";
import { type Loaded, useByPresence, useMembers } from "./members.ts";

/** Fewer than this are seen at a glance. */
const WORTH_SEARCHING = 12;

export function MembersPanel({ room }: { room: MemberRoom }) {
  const { words, membersOpen } = useDialogView();
  const loaded = useMembers(room);
  const panel = useRef<HTMLElement>(null);
  useFocusWhereItCovers(panel);
  return (
    <aside
      ref={panel}
      id="members"
      class="members"
      aria-label={words.room.members}
      tabIndex={-1}
      onKeyDown={(event) => {
        // In the search field, the browser's own Escape comes first: it clears the field.
        const searched = event.target instanceof HTMLInputElement && event.target.value !== "";
        if (event.key === "Escape" && !searched) membersOpen.value = false;
      }}
    >
      <PanelHeader room={room} count={countOf(room, loaded)} />
      {loaded.state === "loading" && <p class="panel-note">{words.common.loading}</p>}
      {loaded.state === "failed" && <p class="panel-note">{errorText(words, loaded.error)}</p>}
      {loaded.state === "loaded" && <Members room={room} members={loaded.members} />}
    </aside>
  );
}

/** Where the list lies over the button that opened it, the focus would be out of sight. */
function useFocusWhereItCovers(panel: { readonly current: HTMLElement | null }): void {
  useLayoutEffect(() => {
    const opened = document.activeElement?.getAttribute("aria-controls") === "members";
    const covers = getComputedStyle(panel.current!).position === "fixed";
    if (opened && covers) panel.current!.focus();
    return coverBeside(panel.current!);
  }, []);
}

function countOf(room: MemberRoom, loaded: Loaded): number {
  return loaded.state === "loaded" && !loaded.partly ? loaded.members.length : room.memberCount;
}

function PanelHeader({ room, count }: { room: MemberRoom; count: number }) {
  const { words, state, membersOpen, dialog } = useDialogView();
  return (
    <header class="members-header">
      <h2 class="grow">{words.room.memberCount(count)}</h2>
      {mayAdd(standing(state.me.value, room)) === "allowed" && (
        <IconButton
          icon="userAdd"
          label={words.members.add}
          title={words.members.add}
          onClick={() => dialog.value = { kind: "addMembers", room }}
        />
      )}
      <IconButton
        icon="close"
        label={words.common.close}
        onClick={() => membersOpen.value = false}
      />
    </header>
  );
}

function Members({ room, members }: { room: MemberRoom; members: readonly Member[] }) {
  const { words, state } = useDialogView();
  const query = useSignal("");
  const inOrder = useByPresence(members);
  const searching = query.value.trim() !== "";
  const shown = searching ? matching(inOrder, query.value) : inOrder;
  return (
    <>
      {members.length >= WORTH_SEARCHING && (
        <div class="members-search">
          <SearchField label={words.members.search} query={query} />
        </div>
      )}
      <p class="hidden" role="status">{searching && words.room.memberCount(shown.length)}</p>
      {shown.length === 0 ? <p class="panel-note">{words.people.nobody}</p> : (
        <MemberList
          key={query.value}
          room={room}
          members={shown}
          mayRemove={mayRemove(standing(state.me.value, room)) === "allowed"}
        />
      )}
    </>
  );
}
