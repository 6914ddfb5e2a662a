/**
 * What opens above the chat: one file, large, with the others of the conversation before and after
 * it. By keys, buttons, swipes; Escape and "back" close it.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Message } from "../../../protocol/messages.ts";
import { useDialogView } from "../../dialog_view.ts";
import { AnyIcon } from "../../parts/AnyIcon.tsx";
import { useModal } from "../../parts/modal.ts";
import { plainLine } from "../../text/plain_line.ts";
import type { ShownFile } from "../../view.ts";
import { shownAs } from "../kinds.ts";
import type { Stage } from "./gestures.ts";
import { PdfPages } from "./PdfPages.tsx";
import { PictureStage } from "./PictureStage.tsx";
import { TextPage } from "./TextPage.tsx";
import { VideoStage } from "./VideoStage.tsx";
import { ViewerHeading } from "./ViewerHeading.tsx";
import { ZOOM_STEP } from "./zoom.ts";

export interface ViewerProps {
  files: readonly ShownFile[];
  /** Which of them is shown first. */
  at: number;
  /** What their conversation says by now; none where it stands in a list without texts. */
  loaded?: () => readonly Message[];
  onClose: () => void;
}

/** Letters of a caption: what is longer is read in the conversation. */
const CAPTION = 300;

export function Viewer({ files: given, at: first, loaded, onClose }: ViewerProps) {
  const { words } = useDialogView();
  const files = useRemaining(given);
  const [id, setId] = useState(given[first]?.file.id);
  const element = useModal(onClose);
  const stage = useRef<Stage | null>(null);
  const at = files.findIndex(({ file }) => file.id === id);
  const shown = asSaidNow(files[at], loaded?.() ?? []);
  const go = (to: number) => {
    const next = files[Math.min(Math.max(to, 0), files.length - 1)];
    if (next) setId(next.file.id);
  };
  useEffect(() => {
    // It was deleted while it was looked at, or its reader was removed from the room.
    if (shown === undefined) onClose();
  }, [shown]);
  if (shown === undefined) return <dialog ref={element} class="viewer" onClose={onClose} />;
  return (
    <dialog
      ref={element}
      class="viewer"
      aria-label={shown.file.alt || shown.file.name}
      onClose={onClose}
      onKeyDown={(event) => pressed(event, stage.current, (by) => go(at + by))}
    >
      <ViewerHeading
        shown={shown}
        place={files.length > 1 ? words.viewer.place(at + 1, files.length) : null}
        stage={stage}
        onClose={onClose}
      />
      <div class="viewer-middle">
        <Shown
          key={shown.file.id}
          shown={shown}
          stage={stage}
          onSwipe={(swipe) => swipe === "away" ? onClose() : go(at + (swipe === "next" ? 1 : -1))}
        />
        {at > 0 && <Turn to="previous" label={words.viewer.previous} run={() => go(at - 1)} />}
        {at < files.length - 1 && (
          <Turn
            to="next"
            label={words.viewer.next}
            run={() => go(at + 1)}
          />
        )}
      </div>
      <Caption shown={shown} />
      <p class="hidden" role="status">
        {files.length > 1 && `${words.viewer.place(at + 1, files.length)}: `}
        {shown.file.alt || shown.file.name}
      </p>
    </dialog>
  );
}

/** Without those whose message was deleted meanwhile, or whose room is not the reader's any more. */
function useRemaining(files: readonly ShownFile[]): readonly ShownFile[] {
  const { rooms, preview, deleted } = useDialogView().state;
  const readable = new Set(rooms.value.keys());
  if (preview.value !== null) readable.add(preview.value.room.id);
  // What was saved may be of a room that is not in the list.
  const [before] = useState(readable);
  return files.filter(({ message: { id, room } }) =>
    !deleted.value.has(id) && (readable.has(room) || !before.has(room))
  );
}

/** Its message may have been edited, and what is to be seen on it described. */
function asSaidNow(
  shown: ShownFile | undefined,
  messages: readonly Message[],
): ShownFile | undefined {
  const message = messages.find(({ id }) => id === shown?.message.id);
  const file = message?.files.find(({ id }) => id === shown?.file.id);
  return message && file ? { file, message } : shown;
}

/** Keys move a picture that is larger than the stage; otherwise they lead to the next file. */
function pressed(event: KeyboardEvent, stage: Stage | null, go: (by: number) => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if ((event.target as Element).closest("video, pre, .pdf-pages") && event.key !== "Escape") return;
  const way = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[
    event.key
  ];
  if (way !== undefined) {
    const moved = stage?.move({ x: way[0]!, y: way[1]! }) ?? false;
    if (!moved && way[0] !== 0) go(way[0]! > 0 ? -1 : 1);
  } else if (event.key === "PageUp") go(-1);
  else if (event.key === "PageDown") go(1);
  else if (event.key === "Home") go(-Infinity);
  else if (event.key === "End") go(Infinity);
  else if (event.key === "+" || event.key === "=") stage?.zoom(ZOOM_STEP);
  else if (event.key === "-") stage?.zoom(1 / ZOOM_STEP);
  else if (event.key === "0") stage?.whole();
  else return;
  event.preventDefault();
}

interface ShownProps {
  shown: ShownFile;
  stage: { current: Stage | null };
  onSwipe: (swipe: "previous" | "next" | "away") => void;
}

function Shown({ shown: { file }, stage, onSwipe }: ShownProps) {
  switch (shownAs(file)) {
    case "picture":
      return <PictureStage file={file} stage={stage} onSwipe={onSwipe} />;
    case "video":
      return <VideoStage file={file} />;
    case "pdf":
      return <PdfPages file={file} />;
    default:
      return <TextPage file={file} />;
  }
}

function Turn({ to, label, run }: { to: "previous" | "next"; label: string; run: () => void }) {
  return (
    <button
      type="button"
      class={`viewer-turn ${to}`}
      aria-label={label}
      title={label}
      onClick={run}
    >
      <AnyIcon name={to === "next" ? "forward" : "back"} />
    </button>
  );
}

/** What was written with it, and what is to be seen on it. */
function Caption({ shown: { file, message } }: { shown: ShownFile }) {
  const text = plainLine(message.text, CAPTION);
  if (text === "" && file.alt === "") return null;
  return (
    <footer class="viewer-caption">
      {text !== "" && <p dir="auto">{text}</p>}
      {file.alt !== "" && <p class="viewer-alt" dir="auto">{file.alt}</p>}
    </footer>
  );
}
