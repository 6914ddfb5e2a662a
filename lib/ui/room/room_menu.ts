/** What may be done with the open room, as its menu offers it. It must not know how menus look. */
import type { Notify } from "../../protocol/members.ts";
import { mayHide, mayJoin, mayLeave, mayManageRoom } from "../../protocol/permissions.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import type { MenuGroup, MenuItem } from "../parts/Menu.tsx";
import { standing } from "../rights.ts";
import { attempt, titleOf, type View } from "../view.ts";

const NOTIFY: Notify[] = ["all", "mentions", "none"];

export function roomMenu(view: View, room: MemberRoom): MenuGroup[] {
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
  const { words, state, dialog } = view;
  const facts = standing(state.me.value, room);
  const { favourite } = room.membership;
  const items: MenuItem[] = [{
    label: favourite ? words.room.unfavourite : words.room.favourite,
    icon: "star",
    run: () => void attempt(view, () => view.actions.setFavourite(room.id, !favourite)),
  }, {
    label: words.thread.topics,
    icon: "thread",
    run: () => view.pane.value = { kind: "topics" },
  }];
  if (mayManageRoom(facts) === "allowed") {
    items.push({
      label: words.room.edit,
      icon: "edit",
      run: () => dialog.value = { kind: "editRoom", room },
    }, {
      label: room.archived ? words.room.unarchive : words.room.archive,
      icon: "archive",
      run: () => room.archived ? void restore(view, room) : confirmArchive(view, room),
    });
  }
  if (mayHide(facts) === "allowed") {
    items.push({ label: words.room.hide, icon: "archive", run: () => void hide(view, room) });
  }
  if (mayLeave(facts) === "allowed") {
    const label = room.kind === "direct" ? words.room.leaveGroup : words.room.leave;
    items.push({ label, icon: "leave", danger: true, run: () => confirmLeave(view, room) });
  }
  return items;
}

async function hide(view: View, room: MemberRoom): Promise<void> {
  if (await attempt(view, () => view.actions.hideRoom(room.id))) {
    view.navigate({ room: null }, "replace");
  }
}

function restore(view: View, room: MemberRoom): Promise<boolean> {
  return attempt(view, () => view.actions.updateRoom(room.id, { archived: false }));
}

function confirmArchive(view: View, room: MemberRoom): void {
  const { words, actions, dialog } = view;
  dialog.value = {
    kind: "confirm",
    title: words.room.archiveTitle(titleOf(view, room)),
    text: words.room.archiveText,
    action: words.room.archive,
    run: () => actions.updateRoom(room.id, { archived: true }),
  };
}

function confirmLeave(view: View, room: MemberRoom): void {
  const { words, state, actions, dialog } = view;
  // Whether the reader could rejoin without being added.
  const open = mayJoin({ ...standing(state.me.value, room), member: null }) === "allowed";
  dialog.value = {
    kind: "confirm",
    title: words.room.leaveTitle(titleOf(view, room)),
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
