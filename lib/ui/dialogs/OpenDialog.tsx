/** The dialog that is open. Loaded after the page (Dialogs.tsx), with all the dialogs there are. */
import { useEffect, useRef } from "preact/hooks";
import { AttachmentDialog } from "../attachments/AttachmentDialog.tsx";
import { EmojiDialog } from "../emoji/EmojiDialog.tsx";
import { PersonCard } from "../people/PersonCard.tsx";
import { SeenDialog } from "../people/SeenDialog.tsx";
import { StatusDialog } from "../people/StatusDialog.tsx";
import { MoveDialog, RemindDialog, ScheduleDialog } from "../later/PlanDialogs.tsx";
import type { ViewerProps } from "../files/viewer/Viewer.tsx";
import { loadViewer } from "../files/load_viewer.ts";
import { useAtRest } from "../parts/at_rest.ts";
import { useView } from "../view.ts";
import { VersionsDialog } from "../versions/VersionsDialog.tsx";
import { BrowseDialog } from "./BrowseDialog.tsx";
import { ConfirmDialog } from "./ConfirmDialog.tsx";
import { DescribeDialog } from "./DescribeDialog.tsx";
import { HiddenDialog } from "./HiddenDialog.tsx";
import { KeysDialog } from "./KeysDialog.tsx";
import { AddMembersDialog, DirectDialog } from "./PeopleDialogs.tsx";
import { ReachDialog } from "./ReachDialog.tsx";
import { CreateRoomDialog, EditRoomDialog } from "./RoomDialogs.tsx";
import { ThreadTitleDialog } from "./ThreadTitleDialog.tsx";

export function OpenDialog() {
  const { dialog } = useView();
  const open = dialog.value;
  useCloseInOtherRoom();
  const close = () => {
    // Only this one: it may have opened another in its place.
    if (dialog.value === open) dialog.value = null;
  };
  switch (open?.kind) {
    case undefined:
      return null;
    case "create":
      return <CreateRoomDialog onClose={close} />;
    case "browse":
      return <BrowseDialog onClose={close} />;
    case "direct":
      return <DirectDialog onClose={close} />;
    case "hidden":
      return <HiddenDialog onClose={close} />;
    case "keys":
      return <KeysDialog onClose={close} />;
    case "editRoom":
      return <EditRoomDialog room={open.room} onClose={close} />;
    case "addMembers":
      return <AddMembersDialog room={open.room} onClose={close} />;
    case "emoji":
      return <EmojiDialog {...open} onClose={close} />;
    case "versions":
      return <VersionsDialog message={open.message} onClose={close} />;
    case "describe":
      return <DescribeDialog message={open.message} onClose={close} />;
    case "status":
      return <StatusDialog onClose={close} />;
    case "seen":
      return <SeenDialog message={open.message} onClose={close} />;
    case "person":
      return <PersonCard key={open.id} id={open.id} at={open.at} onClose={close} />;
    case "viewer":
      return <LaterViewer {...open} onClose={close} />;
    case "threadTitle":
      return <ThreadTitleDialog root={open.root} onClose={close} />;
    case "attachment":
      return <AttachmentDialog {...open} onClose={close} />;
    case "schedule":
      return <ScheduleDialog {...open} onClose={close} />;
    case "remind":
      return <RemindDialog {...open} onClose={close} />;
    case "when":
      return <MoveDialog {...open} onClose={close} />;
    case "reach":
      return <ReachDialog {...open} onClose={close} />;
    case "confirm":
      return <ConfirmDialog {...open} onClose={close} />;
  }
}

/** What a dialog would do, it would do in the room that it was opened in. */
function useCloseInOtherRoom(): void {
  const { dialog, state } = useView();
  const room = state.openRoom.value;
  const opened = useRef({ dialog: dialog.value, room });
  if (opened.current.dialog !== dialog.value) opened.current = { dialog: dialog.value, room };
  useEffect(() => {
    if (opened.current.room !== room) dialog.value = null;
  }, [room]);
}

/** Larger than all dialogs together: fetched when something is opened. */
function LaterViewer(props: ViewerProps) {
  const { toast, words } = useView();
  const part = useAtRest(loadViewer, true, () => {
    props.onClose();
    toast.value = words.connection.unreachable;
  });
  return part && <part.Viewer {...props} />;
}
