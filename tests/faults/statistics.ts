/** The few statistics by which runs are compared. */

/** The value below which this share of the values lies (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.ceil(share * sorted.length) - 1;
  return sorted[Math.max(0, Math.min(sorted.length - 1, rank))] ?? NaN;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

/**
 * How likely a value of the first sample is larger than one of the second: 0.5 where they are
 * alike, 0 or 1 where they can be told apart by one look. It is Mann-Whitney's U divided by its
 * greatest value (Mann & Whitney, 1947), so no single slow run can spoil it.
 */
export function chanceOfLarger(first: readonly number[], second: readonly number[]): number {
  let larger = 0;
  for (const a of first) for (const b of second) larger += a > b ? 1 : a === b ? 0.5 : 0;
  return larger / (first.length * second.length);
}

/** How far `chanceOfLarger` strays from 0.5 by chance alone (one standard deviation). */
export function deviationByChance(first: number, second: number): number {
  return Math.sqrt((first + second + 1) / (12 * first * second));
}
