/** What may be done with the open room, as its menu offers it. It must not know how menus look. */
import type { Notify } from "../../protocol/members.ts";
import { mayHide, mayJoin, mayLeave, mayManageRoom } from "../../protocol/permissions.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { type DialogView } from "../dialog_view.ts";
import { whenClosed } from "../parts/back_closes.ts";
import type { MenuGroup, MenuItem } from "../parts/menu_items.ts";
import { standing } from "../rights.ts";
import { attempt, titleOf } from "../view.ts";

const NOTIFY: Notify[] = ["all", "mentions", "none"];

export function roomMenu(view: DialogView, room: MemberRoom): MenuGroup[] {
  const { words, actions } = view;
  return [
    {
      heading: words.roomMenu.notifications,
      items: NOTIFY.map((notify) => ({
        label: words.roomMenu.notify[notify],
        checked: room.membership.notify === notify,
        run: () => void attempt(view, () => actions.setNotify(room.id, notify)),
      })),
    },
    { items: roomItems(view, room) },
  ];
}

function roomItems(view: DialogView, room: MemberRoom): MenuItem[] {
  const { words, state, dialog } = view;
  const facts = standing(state.me.value, room);
  const { favourite } = room.membership;
  const items: MenuItem[] = [{
    label: favourite ? words.roomMenu.unfavourite : words.roomMenu.favourite,
    icon: "star",
    run: () => void attempt(view, () => view.actions.setFavourite(room.id, !favourite)),
  }, {
    label: words.thread.topics,
    icon: "thread",
    run: () => view.pane.value = { kind: "topics" },
  }, {
    label: words.roomFiles.title,
    icon: "file",
    run: () => view.pane.value = { kind: "files" },
  }];
  if (mayManageRoom(facts) === "allowed") {
    items.push({
      label: words.roomMenu.edit,
      icon: "edit",
      run: () => dialog.value = { kind: "editRoom", room },
    }, {
      label: room.archived ? words.roomMenu.unarchive : words.roomMenu.archive,
      icon: "archive",
      run: () => room.archived ? void restore(view, room) : confirmArchive(view, room),
    });
  }
  if (mayHide(facts) === "allowed") {
    items.push({ label: words.roomMenu.hide, icon: "archive", run: () => void hide(view, room) });
  }
  if (mayLeave(facts) === "allowed") {
    const label = room.kind === "direct" ? words.roomMenu.leaveGroup : words.roomMenu.leave;
    items.push({ label, icon: "leave", danger: true, run: () => confirmLeave(view, room) });
  }
  return items;
}

async function hide(view: DialogView, room: MemberRoom): Promise<void> {
  if (await attempt(view, () => view.actions.hideRoom(room.id))) {
    view.navigate({ room: null }, "replace");
  }
}

function restore(view: DialogView, room: MemberRoom): Promise<boolean> {
  return attempt(view, () => view.actions.updateRoom(room.id, { archived: false }));
}

function confirmArchive(view: DialogView, room: MemberRoom): void {
  const { words, actions, dialog } = view;
  dialog.value = {
    kind: "confirm",
    title: words.roomMenu.archiveTitle(titleOf(view, room)),
    text: words.roomMenu.archiveText,
    action: words.roomMenu.archive,
    run: () => actions.updateRoom(room.id, { archived: true }),
  };
}

function confirmLeave(view: DialogView, room: MemberRoom): void {
  const { words, state, actions, dialog } = view;
  // Whether the reader could rejoin without being added.
  const open = mayJoin({ ...standing(state.me.value, room), member: null }) === "allowed";
  dialog.value = {
    kind: "confirm",
    title: words.roomMenu.leaveTitle(titleOf(view, room)),
    text: room.kind === "direct"
      ? words.roomMenu.leaveGroupText
      : open
      ? words.roomMenu.leavePublic
      : words.roomMenu.leavePrivate,
    action: room.kind === "direct" ? words.roomMenu.leaveGroup : words.roomMenu.leave,
    run: async () => {
      await actions.leaveRoom(room.id);
      // Not before: it would take the question's entry of the history, and "back" would lead here.
      whenClosed(() => view.navigate({ room: null }, "replace"));
    },
  };
}
