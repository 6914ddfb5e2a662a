/** One file that goes along with what is being written: what it is, how far it is, and the way out. */
import { useState } from "preact/hooks";
import type { Attachment } from "../../client/uploads_model.ts";
import { formatSize } from "../catalogue/sizes.ts";
import { useDialogView } from "../dialog_view.ts";
import { AnyIcon } from "../parts/AnyIcon.tsx";
import { Name } from "../parts/Name.tsx";
import { formatDuration } from "../parts/duration.ts";
import { isDrawn } from "./drawn.ts";
import { usePreview } from "./preview.ts";
import { Progress } from "./Progress.tsx";
import { sayFault, sayState } from "./saying.ts";

export interface TrayItemProps {
  attachment: Attachment;
  /** Tab comes to this one of the list. */
  tabStop: boolean;
  dragged: boolean;
  onOpen: () => void;
  onRetry: () => void;
  onRemove: () => void;
  onFocus: () => void;
}

export function TrayItem(props: TrayItemProps) {
  const { attachment, tabStop, dragged } = props;
  const { words } = useDialogView();
  const { local, name, state } = attachment;
  // What its name says of it may not be so.
  const [isBroken, setBroken] = useState(false);
  const isPicture = isDrawn(attachment) && !isBroken;
  let look = isPicture ? "tray-item drawn" : "tray-item";
  if (attachment.voice) look += " spoken";
  if (state === "failed") look += " failed";
  if (dragged) look += " dragged";
  const tabIndex = tabStop ? 0 : -1;
  return (
    <li class={look} data-local={local}>
      <button
        type="button"
        class="tray-open"
        tabIndex={tabIndex}
        title={name}
        onClick={props.onOpen}
        onFocus={props.onFocus}
      >
        <span class="hidden">{useLabel(attachment)}</span>
        {isPicture
          ? <Picture attachment={attachment} onError={() => setBroken(true)} />
          : <Card attachment={attachment} />}
        <Progress attachment={attachment} />
      </button>
      {state === "failed" && (
        <button
          type="button"
          class="tray-retry"
          data-still
          tabIndex={tabIndex}
          aria-label={words.attachments.retry(name)}
          title={words.recording.tryAgain}
          onClick={props.onRetry}
        >
          <AnyIcon name="again" />
        </button>
      )}
      <button
        type="button"
        class="tray-remove"
        data-still
        tabIndex={tabIndex}
        aria-label={words.attachments.remove(name)}
        title={words.attachments.details.remove}
        onClick={props.onRemove}
      >
        <AnyIcon name="close" />
      </button>
    </li>
  );
}

function useLabel(attachment: Attachment): string {
  const view = useDialogView();
  const { words, language } = view;
  const { name, size, alt, state, voice } = attachment;
  const parts = [
    voice ? words.recording.recorded(formatDuration(voice.duration)) : name,
    formatSize(size, language),
    state === "failed" ? sayFault(view, attachment) : sayState(view, attachment),
    alt && words.attachments.described,
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function Picture({ attachment, onError }: { attachment: Attachment; onError: () => void }) {
  const address = usePreview(attachment);
  return (
    <>
      {address === null
        ? <AnyIcon name="file" />
        : <img src={address} alt="" decoding="async" draggable={false} onError={onError} />}
      {attachment.alt && <span class="tray-alt" aria-hidden="true">ALT</span>}
    </>
  );
}

function Card({ attachment }: { attachment: Attachment }) {
  const view = useDialogView();
  const { words, language } = view;
  const { name, size, state, voice } = attachment;
  return (
    <>
      <AnyIcon name={voice ? "mic" : "file"} />
      <span class="tray-card" aria-hidden="true">
        {voice
          ? (
            <span class="tray-name">
              {words.recording.recorded(formatDuration(voice.duration))}
            </span>
          )
          : <Name class="tray-name">{name}</Name>}
        <span class="tray-size">
          {state === "failed" ? sayFault(view, attachment) : formatSize(size, language)}
        </span>
      </span>
    </>
  );
}
