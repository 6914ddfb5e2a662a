/**
 * A voice message from the button to the draft: recorded, listened to, sent, or dropped; what leaves the
 * screen unsent waits in its draft. It must not know what it looks like.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { useDialogView } from "../dialog_view.ts";
import type { Host } from "./host.ts";
import type { Ticks } from "../../protocol/time.ts";
import { attempt } from "../view.ts";
import { browserMicrophone } from "./microphone.ts";
import { type Recorded, Recording, type RecordingClock, SHORTEST } from "./recording.ts";

/** Seconds: what is shorter is not offered again once it was dropped, nor kept. */
const WORTH_KEEPING = 1;

const CLOCK: RecordingClock = {
  ticks: () => performance.now() as Ticks,
  setTimeout: (run, milliseconds) => setTimeout(run, milliseconds),
  clearTimeout: (timer) => clearTimeout(timer as number | undefined),
};

export interface VoiceActs {
  recording: Recording;
  /** Ends it, to be listened to. */
  stop(): void;
  send(): void;
  /** Throws it away; what was said can be had back for a moment. */
  drop(): void;
  tryAgain(): void;
}

/** @param onEnd it is sent or dropped: nothing more is shown of it */
export function useRecording(host: Host, onEnd: () => void): VoiceActs {
  const view = useDialogView();
  const { actions, state, toast, words } = view;
  const make = () =>
    new Recording({
      microphone: browserMicrophone,
      clock: CLOCK,
      most: state.limits.peek().fileSize,
    });
  const [recording, setRecording] = useState(make);
  const isDone = useRef(false);
  useEffect(() => void recording.begin(), [recording]);
  useEffect(() => () => void leave(), [recording]);
  useUnloadWarning();

  function attach({ blob, note }: Recorded): Promise<boolean> {
    const name = `voice-${stamp(new Date())}.${
      blob.type === "audio/mp4" ? "m4a" : blob.type.slice(6)
    }`;
    const file = new File([blob], name, { type: blob.type });
    return attempt(view, () => actions.attach(host.home, [file], { voice: note }));
  }
  /** Another room was opened, or the pane was closed. */
  async function leave(): Promise<void> {
    if (isDone.current) return;
    const voice = await recording.stop();
    if (voice === null) recording.drop();
    else if (voice.note.duration >= WORTH_KEEPING) await attach(voice);
  }
  return {
    recording,
    stop: () => void recording.stop(),
    async send() {
      if (isDone.current) return;
      isDone.current = true;
      const voice = await recording.stop();
      if (voice === null || voice.note.duration < SHORTEST) return onEnd();
      // Without its script it stays, to be tried again.
      if (!await attach(voice)) return void (isDone.current = false);
      onEnd();
      await host.submit();
    },
    async drop() {
      isDone.current = true;
      const voice = await recording.stop();
      if (voice === null) recording.drop();
      onEnd();
      if (voice === null || voice.note.duration < WORTH_KEEPING) return;
      toast.value = { text: words.recording.dropped, undo: () => void attach(voice) };
    },
    tryAgain: () => setRecording(make()),
  };
}

/** "2026-11-27-201455", by the reader's clock. */
function stamp(now: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-");
  return `${day}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}

/** Whoever closes the tab in the middle of a sentence is asked by the browser whether they mean it. */
function useUnloadWarning(): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, []);
}
