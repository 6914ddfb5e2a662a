/** How loud a voice message is, as bars; what has been played is coloured. */
import { useId } from "preact/hooks";
import { barsOf } from "./bars.ts";

/** Units of the drawing: a bar is two wide, with one between. */
const STEP = 3;
const HEIGHT = 28;

/** @param played from 0 to 1 */
export function Waveform({ levels, played }: { levels: readonly number[]; played: number }) {
  const id = useId();
  const bars = barsOf(levels);
  const width = bars.length * STEP;
  const path = bars.map((level, at) => {
    const height = Math.max(2, Math.round((level / 100) * HEIGHT));
    return `M${at * STEP + 1} ${(HEIGHT - height) / 2}v${height}`;
  }).join("");
  return (
    <svg
      class="waveform"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <clipPath id={id}>
        <rect x="0" y="0" width={width * Math.min(1, Math.max(0, played))} height={HEIGHT} />
      </clipPath>
      <path d={path} />
      <path class="played" d={path} clip-path={`url(#${id})`} />
    </svg>
  );
}
