/** The open room's members and their presence, with the actions on them. */
import { useSignal } from "@preact/signals";
import type { Member } from "../../protocol/members.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { mayAdd, mayRemove } from "../../protocol/permissions.ts";
import { standing } from "../rights.ts";
import { IconButton } from "../parts/IconButton.tsx";
import { PaneFrame } from "../parts/PaneFrame.tsx";
import { SearchField } from "../parts/SearchField.tsx";
import { matching } from "../people_search.ts";
import { useDialogView } from "../dialog_view.ts";
import { TryAgain } from "../parts/TryAgain.tsx";
import { MemberList } from "./MemberList.tsx";
import { type Loaded, useByPresence, useMembers } from "./members.ts";

/** Fewer than this are seen at a glance. */
const WORTH_SEARCHING = 12;

export function MembersPanel({ room }: { room: MemberRoom }) {
  const { words, state, dialog } = useDialogView();
  const loaded = useMembers(room);
  return (
    <PaneFrame
      name="members"
      label={words.room.members}
      heading={<h2>{words.room.memberCount(countOf(room, loaded))}</h2>}
      tools={mayAdd(standing(state.me.value, room)) === "allowed" && (
        <IconButton
          icon="userAdd"
          label={words.members.add}
          title={words.members.add}
          onClick={() => dialog.value = { kind: "addMembers", room }}
        />
      )}
    >
      {loaded.state === "loading" && <p class="panel-note">{words.common.loading}</p>}
      {loaded.state === "failed" && <TryAgain {...loaded} />}
      {loaded.state === "loaded" && <Members room={room} members={loaded.members} />}
    </PaneFrame>
  );
}

function countOf(room: MemberRoom, loaded: Loaded): number {
  return loaded.state === "loaded" && !loaded.partly ? loaded.members.length : room.memberCount;
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
