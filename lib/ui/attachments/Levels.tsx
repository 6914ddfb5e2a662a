/** Loudness as bars: of a recording as it grows, and of one that is listened to before it is sent. */

/** Units of the drawing: a bar with the gap after it, and the height. */
const STEP = 3;
const HEIGHT = 28;

export interface LevelsProps {
  /** 0–100. */
  levels: readonly number[];
  /** How far it was heard, 0 to 1. */
  heard: number;
}

export function Levels({ levels, heard }: LevelsProps) {
  const width = Math.max(1, levels.length) * STEP;
  const until = Math.round(levels.length * heard);
  return (
    <svg
      class="levels"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <path class="levels-heard" d={bars(levels, 0, until)} />
      <path d={bars(levels, until, levels.length)} />
    </svg>
  );
}

function bars(levels: readonly number[], from: number, to: number): string {
  let path = "";
  for (let at = from; at < to; at++) {
    const half = Math.max(1, (HEIGHT - 2) * levels[at]! / 200);
    path += `M${at * STEP + STEP / 2} ${HEIGHT / 2 - half}v${2 * half}`;
  }
  return path;
}
