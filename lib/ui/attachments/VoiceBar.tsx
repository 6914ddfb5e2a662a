/**
 * A voice message that is being recorded, in the place of the text: how long and how loud it is, and what
 * can be done with it. A finger that holds the button sends it by letting go.
 */
import { useComputed } from "@preact/signals";
import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Host } from "./host.ts";
import { useDialogView } from "../dialog_view.ts";
import { AnyIcon, type AnyIconName } from "../parts/AnyIcon.tsx";
import { formatDuration } from "../parts/duration.ts";
import { isTouch } from "../parts/touch.ts";
import { useAddress } from "./preview.ts";
import type { Recorded, RecordingState } from "./recording.ts";
import { useHold } from "./use_hold.ts";
import { useRecording, type VoiceActs } from "./use_recording.ts";
import { VoicePreview } from "./VoicePreview.tsx";
import { Levels } from "./Levels.tsx";

export interface VoiceBarProps {
  host: Host;
  input: RefObject<HTMLTextAreaElement | null>;
  /** The finger that holds the button. */
  held: PointerEvent | null;
  onEnd: () => void;
}

export function VoiceBar({ host, input, held, onEnd }: VoiceBarProps) {
  const { words } = useDialogView();
  const bar = useRef<HTMLDivElement>(null);
  const acts = useRecording(host, () => {
    onEnd();
    if (!isTouch()) input.current?.focus();
  });
  const hold = useHold(held, acts);
  const state = acts.recording.state.value;
  const isHeld = hold !== null && state.kind === "recording";
  useInPlaceOf(bar, !isHeld, state.kind);
  return (
    <div
      ref={bar}
      class={isHeld ? "recording held" : "recording"}
      role="group"
      aria-label={words.recording.message}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        acts.drop();
      }}
    >
      <Told state={state} />
      {isHeld ? <Held acts={acts} dropping={hold.dropping} /> : <Shown state={state} acts={acts} />}
    </div>
  );
}

function Shown({ state, acts }: { state: RecordingState; acts: VoiceActs }) {
  const { words } = useDialogView();
  const drop = <Act icon="trash" label={words.recording.drop} onClick={acts.drop} />;
  switch (state.kind) {
    case "asking":
      return (
        <>
          <Act icon="close" label={words.common.cancel} onClick={acts.drop} autofocus />
          <p class="recording-note">{words.recording.asking}</p>
        </>
      );
    case "failed":
      return (
        <>
          <Act icon="close" label={words.common.close} onClick={acts.drop} />
          <p class="recording-note failed" role="alert">{words.recording.faults[state.fault]}</p>
          <button type="button" class="link-button" data-autofocus onClick={acts.tryAgain}>
            {words.recording.tryAgain}
          </button>
        </>
      );
    case "recording":
      return (
        <>
          {drop}
          <Live acts={acts} />
          <Act icon="stop" label={words.recording.stop} onClick={acts.stop} />
          <Send acts={acts} />
        </>
      );
    case "recorded":
      return (
        <>
          {drop}
          <Listen voice={state.voice} />
          <Send acts={acts} />
        </>
      );
  }
}

function Listen({ voice }: { voice: Recorded }) {
  return <VoicePreview address={useAddress(voice.blob)} note={voice.note} />;
}

/** How long, and how loud just now. */
function Live({ acts, children }: { acts: VoiceActs; children?: ComponentChildren }) {
  const { seconds, levels } = acts.recording;
  const time = useComputed(() => formatDuration(seconds.value));
  return (
    <>
      <span class="recording-dot" aria-hidden="true" />
      <span class="recording-time" role="timer">{time}</span>
      {children ?? (
        <div class="recording-line">
          <Levels levels={filled(levels.value)} heard={0} />
        </div>
      )}
    </>
  );
}

/** The newest at the end, and as many as there will be. */
function filled(levels: readonly number[]): number[] {
  const shown = levels.slice(-LIVE).map((level) => 100 * level);
  return [...new Array<number>(LIVE - shown.length).fill(0), ...shown];
}

const LIVE = 64;

function Held({ acts, dropping }: { acts: VoiceActs; dropping: { value: number } }) {
  const { words } = useDialogView();
  return (
    <>
      <Live acts={acts}>
        <p class="recording-slide" style={{ opacity: 1 - dropping.value }}>
          ‹ {words.recording.slide}
        </p>
      </Live>
      <span class="recording-lock" aria-hidden="true">
        <AnyIcon name="lock" />
      </span>
    </>
  );
}

function Send({ acts }: { acts: VoiceActs }) {
  const { words } = useDialogView();
  return (
    <button
      type="button"
      class="send"
      data-autofocus
      aria-label={words.recording.send}
      title={words.recording.send}
      onClick={acts.send}
    >
      <AnyIcon name="send" />
    </button>
  );
}

interface ActProps {
  icon: AnyIconName;
  label: string;
  onClick: () => void;
  autofocus?: boolean;
}

function Act({ icon, label, onClick, autofocus }: ActProps) {
  return (
    <button
      type="button"
      class="icon-button"
      data-autofocus={autofocus}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <AnyIcon name={icon} />
    </button>
  );
}

/** What is read out: that it records, and how long it became. */
function Told({ state }: { state: RecordingState }) {
  const { words } = useDialogView();
  let text = "";
  if (state.kind === "recording") text = words.recording.recording;
  if (state.kind === "recorded") {
    const { cut, note } = state.voice;
    const length = words.recording.recorded(formatDuration(note.duration));
    text = cut === null ? length : `${length}. ${words.recording[cut]}`;
  }
  return <p class="hidden" role="status">{text}</p>;
}

/** The row below is out of reach, as it is out of sight; the focus goes to what is likely next. */
function useInPlaceOf(bar: RefObject<HTMLElement | null>, covers: boolean, kind: string): void {
  useLayoutEffect(() => {
    const row = bar.current?.parentElement?.querySelector<HTMLElement>(".composer-row");
    if (!row || !covers) return;
    row.inert = true;
    return () => {
      row.inert = false;
    };
  }, [covers]);
  useEffect(() => {
    if (covers) bar.current?.querySelector<HTMLElement>("[data-autofocus]")?.focus();
  }, [covers, kind]);
}
