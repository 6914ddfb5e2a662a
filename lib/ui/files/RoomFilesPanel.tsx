/** A room's files and links beside it, under headings: pictures, videos and sounds, other files, voice, links. */
import { useId, useState } from "preact/hooks";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { useDialogView } from "../dialog_view.ts";
import { useAtRest } from "../parts/at_rest.ts";
import { PaneFrame } from "../parts/PaneFrame.tsx";
import { titleOf } from "../view.ts";
import { loadViews } from "./shown.ts";
import { FileList, LinkList } from "./RoomLists.tsx";
import { FILE_TABS, type FileTab } from "./tabs.ts";

export function RoomFilesPanel({ room }: { room: MemberRoom }) {
  const view = useDialogView();
  const { words } = view;
  // The views of files have styles of their own, which a page without files has not fetched yet.
  const views = useAtRest(loadViews, true);
  const [tab, setTab] = useState<FileTab>("picture");
  const id = useId();
  return (
    <PaneFrame
      name="room-files"
      label={words.roomFiles.title}
      heading={
        <div class="thread-heading">
          <h2>{words.roomFiles.title}</h2>
          <p class="thread-place">{words.threadPane.inRoom(titleOf(view, room))}</p>
        </div>
      }
    >
      <Tabs id={id} tab={tab} choose={setTab} />
      <div class="room-files-list" role="tabpanel" id={id} aria-label={words.roomFiles.tabs[tab]}>
        {views === null
          ? <p class="panel-note" role="status">{words.common.loading}</p>
          : tab === "link"
          ? <LinkList room={room.id} />
          : <FileList key={tab} room={room.id} kind={tab} />}
      </div>
    </PaneFrame>
  );
}

interface TabsProps {
  /** Of what they lead to. */
  id: string;
  tab: FileTab;
  choose: (tab: FileTab) => void;
}

/** One stop for the Tab key; arrows go from one to the next. */
function Tabs({ id, tab, choose }: TabsProps) {
  const { words } = useDialogView();
  function onKeyDown(event: KeyboardEvent) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const to = FILE_TABS.at((FILE_TABS.indexOf(tab) + by) % FILE_TABS.length)!;
    choose(to);
    const list = event.currentTarget as HTMLElement;
    list.querySelector<HTMLElement>(`[data-tab=${to}]`)?.focus();
  }
  return (
    <div
      class="room-files-tabs"
      role="tablist"
      aria-label={words.roomFiles.tabsLabel}
      onKeyDown={onKeyDown}
    >
      {FILE_TABS.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          data-tab={one}
          aria-selected={one === tab ? "true" : "false"}
          aria-controls={id}
          tabIndex={one === tab ? 0 : -1}
          onClick={() => choose(one)}
        >
          {words.roomFiles.tabs[one]}
        </button>
      ))}
    </div>
  );
}
