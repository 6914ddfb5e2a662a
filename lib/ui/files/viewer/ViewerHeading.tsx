/** Above what the viewer shows: which file, of whom, which one of how many, and what to do with it. */
import { useDialogView } from "../../dialog_view.ts";
import { formatMoment } from "../../dates.ts";
import { authorName } from "../../names.ts";
import { AnyIcon, type AnyIconName } from "../../parts/AnyIcon.tsx";
import type { ShownFile } from "../../view.ts";
import { shownAs } from "../kinds.ts";
import type { Stage } from "./gestures.ts";
import { ZOOM_STEP } from "./zoom.ts";

interface HeadingProps {
  shown: ShownFile;
  /** "2 of 7", which the status below says to who hears; null of a file alone. */
  place: string | null;
  stage: { current: Stage | null };
  onClose: () => void;
}

export function ViewerHeading(
  { shown: { file, message }, place, stage, onClose }: HeadingProps,
) {
  const { words, state, clock, navigate } = useDialogView();
  const isPicture = shownAs(file) === "picture";
  const name = authorName(state.users.value, message);
  return (
    <header class="viewer-header">
      <div class="grow">
        <p class="viewer-name">
          <bdi>{file.name}</bdi>
        </p>
        <p class="viewer-by">
          <bdi>{name}</bdi> · {formatMoment(message.ts, clock.value, words.dates)}
        </p>
      </div>
      {place !== null && <p class="viewer-place" aria-hidden="true">{place}</p>}
      {isPicture && (
        <>
          <Tool
            icon="zoomOut"
            label={words.viewer.zoomOut}
            run={() => stage.current?.zoom(1 / ZOOM_STEP)}
            wide
          />
          <Tool
            icon="zoomIn"
            label={words.viewer.zoomIn}
            run={() => stage.current?.zoom(ZOOM_STEP)}
            wide
          />
        </>
      )}
      <Tool
        icon="chat"
        label={words.viewer.toMessage}
        run={() => {
          onClose();
          navigate({ room: message.room, seq: message.seq, jump: true });
        }}
      />
      <a
        class="icon-button viewer-tool"
        href={file.url}
        download={file.name}
        aria-label={words.files.download(file.name)}
        title={words.files.save}
      >
        <AnyIcon name="download" />
      </a>
      <Tool icon="close" label={words.common.close} run={onClose} first />
    </header>
  );
}

interface ToolProps {
  icon: AnyIconName;
  label: string;
  run: () => void;
  /** It has the focus at first. */
  first?: boolean;
  /** Only where there is room: fingers do the same. */
  wide?: boolean;
}

function Tool({ icon, label, run, first, wide }: ToolProps) {
  return (
    <button
      type="button"
      class={wide ? "icon-button viewer-tool wide" : "icon-button viewer-tool"}
      aria-label={label}
      title={label}
      {...first ? { "data-autofocus": "" } : {}}
      onClick={run}
    >
      <AnyIcon name={icon} />
    </button>
  );
}
