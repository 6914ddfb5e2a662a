/** A voice message's loudness as a fixed number of bars, so that all players are as wide. Pure. */

const BARS = 48;

/** @param levels from 0 to 100, at the same distances; none: it is flat */
export function barsOf(levels: readonly number[], count = BARS): number[] {
  if (levels.length === 0) return Array<number>(count).fill(0);
  const loudest = Math.max(...levels, 1);
  return Array.from({ length: count }, (_, at) => {
    const from = Math.floor(at * levels.length / count);
    const to = Math.max(from + 1, Math.floor((at + 1) * levels.length / count));
    // Somebody who spoke softly is shown as well as somebody who shouted.
    return Math.round(Math.max(...levels.slice(from, to)) * 100 / loudest);
  });
}
