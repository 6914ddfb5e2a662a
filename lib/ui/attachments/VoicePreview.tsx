/** A recording that can be listened to before it is sent. */
import type { VoiceNote } from "../../client/uploads_model.ts";
import { useDialogView } from "../dialog_view.ts";
import { AnyIcon } from "../parts/AnyIcon.tsx";
import { barsOf } from "../files/bars.ts";
import { formatDuration } from "../parts/duration.ts";
import { usePlayer } from "./player.ts";
import { Levels } from "./Levels.tsx";

export function VoicePreview({ address, note }: { address: string | null; note: VoiceNote }) {
  const { words } = useDialogView();
  const { duration, waveform } = note;
  const player = usePlayer(address, duration);
  const at = player.at.value;
  const label = player.playing.value ? words.recording.pause : words.recording.play;
  return (
    <div class="recorded">
      <button
        type="button"
        class="icon-button"
        disabled={address === null}
        aria-label={label}
        title={label}
        onClick={player.toggle}
      >
        <AnyIcon name={player.playing.value ? "pause" : "play"} />
      </button>
      <div class="recording-line">
        <Levels levels={barsOf(waveform)} heard={duration === 0 ? 0 : at / duration} />
        <input
          type="range"
          aria-label={words.recording.position}
          aria-valuetext={formatDuration(at)}
          min={0}
          max={duration}
          step={0.1}
          value={at}
          onInput={(event) => player.seek(Number(event.currentTarget.value))}
        />
      </div>
      <span class="recording-time">{formatDuration(at > 0 ? at : duration)}</span>
    </div>
  );
}
