/** The open room's name, topic and members, and what may be done with it. */
import { useEffect, useRef } from "preact/hooks";
import type { Notify } from "../../protocol/members.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { mayHide, mayJoin, mayLeave, mayManageRoom } from "../../protocol/permissions.ts";
import { isolate } from "../direction.ts";
import { standing } from "../rights.ts";
import { Icon } from "../parts/Icon.tsx";
import { Menu, type MenuItem } from "../parts/Menu.tsx";
import { Name } from "../parts/Name.tsx";
import { PlaceLink } from "../parts/PlaceLink.tsx";
import { RoomMark } from "../parts/RoomMark.tsx";
import { attempt, titleOf, useView, type View } from "../view.ts";

export function RoomHeader({ room }: { room: MemberRoom }) {
  const view = useView();
  const { words } = view;
  return (
    <header class="room-header">
      <PlaceLink place={{ room: null }} class="icon-button back" aria-label={words.sidebar.back}>
        <Icon name="back" />
      </PlaceLink>
      <RoomMark room={room} />
      <div class="room-title grow">
        <h1>
          <Name>{titleOf(view, room)}</Name>
        </h1>
        {room.topic && (
          <p class="topic" title={isolate(room.topic)}>
            <bdi>{room.topic}</bdi>
          </p>
        )}
      </div>
      <MembersButton room={room} />
      <Menu label={words.room.menu} icon="more" groups={menuGroups(view, room)} />
    </header>
  );
}

/** Whoever closes the list from within it comes back here. */
function MembersButton({ room }: { room: MemberRoom }) {
  const { words, membersOpen } = useView();
  const members = words.room.memberCount(room.memberCount);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() =>
    // At once: before the list goes, with what has the focus in it.
    membersOpen.subscribe((open) => {
      if (!open && document.activeElement?.closest("#members")) button.current?.focus();
    }), []);
  return (
    <button
      ref={button}
      type="button"
      class="members-button"
      aria-controls="members"
      aria-expanded={membersOpen.value ? "true" : "false"}
      aria-label={`${words.room.showMembers}: ${members}`}
      title={members}
      onClick={() => membersOpen.value = !membersOpen.value}
      onKeyDown={(event) => {
        if (event.key === "Escape") membersOpen.value = false;
      }}
    >
      <Icon name="people" />
      <span>{room.memberCount}</span>
    </button>
  );
}

const NOTIFY: Notify[] = ["all", "mentions", "none"];

function menuGroups(view: View, room: MemberRoom): { heading?: string; items: MenuItem[] }[] {
  const { words, actions } = view;
  return [
    {
      heading: words.room.notifications,
      items: NOTIFY.map((notify) => ({
        label: words.room.notify[notify],
        checked: room.membership.notify === notify,
        run: () => void attempt(view, () => actions.setNotify(room.id, notify)),
      })),
    },
    { items: roomItems(view, room) },
  ];
}

function roomItems(view: View, room: MemberRoom): MenuItem[] {
  const { words, state, actions, dialog } = view;
  const facts = standing(state.me.value, room);
  const name = titleOf(view, room);
  const items: MenuItem[] = [];
  if (mayManageRoom(facts) === "allowed") {
    items.push({
      label: words.room.edit,
      icon: "edit",
      run: () => dialog.value = { kind: "editRoom", room },
    }, {
      label: room.archived ? words.room.unarchive : words.room.archive,
      icon: "archive",
      run: () => room.archived ? void restore() : confirmArchive(),
    });
  }
  if (mayHide(facts) === "allowed") {
    items.push({ label: words.room.hide, icon: "archive", run: () => void hide() });
  }
  if (mayLeave(facts) === "allowed") {
    const label = room.kind === "direct" ? words.room.leaveGroup : words.room.leave;
    items.push({ label, icon: "leave", danger: true, run: confirmLeave });
  }
  return items;

  async function hide() {
    if (await attempt(view, () => actions.hideRoom(room.id))) {
      view.navigate({ room: null }, "replace");
    }
  }

  function restore() {
    return attempt(view, () => actions.updateRoom(room.id, { archived: false }));
  }
  function confirmArchive() {
    dialog.value = {
      kind: "confirm",
      title: words.room.archiveTitle(name),
      text: words.room.archiveText,
      action: words.room.archive,
      run: () => actions.updateRoom(room.id, { archived: true }),
    };
  }
  function confirmLeave() {
    // Whether one could come back by oneself.
    const open = mayJoin({ ...facts, member: null }) === "allowed";
    dialog.value = {
      kind: "confirm",
      title: words.room.leaveTitle(name),
      text: room.kind === "direct"
        ? words.room.leaveGroupText
        : open
        ? words.room.leavePublic
        : words.room.leavePrivate,
      action: room.kind === "direct" ? words.room.leaveGroup : words.room.leave,
      run: async () => {
        await actions.leaveRoom(room.id);
        view.navigate({ room: null }, "replace");
      },
    };
  }
}
