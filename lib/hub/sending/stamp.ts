/**
 * A time as a small whole number, to be kept for each connection: a fraction would be an object of
 * its own on the heap, and a thousand of them for each message would double what the message costs.
 * In steps of a quarter of a millisecond; it begins anew every 37 hours, which differences do not
 * notice.
 */
import type { Ticks } from "../../protocol/time.ts";

/** Never 0, which stands for none. */
export type Stamp = number;

/** An engine keeps whole numbers of 31 bits in place. */
const MASK = 0x3fffffff;
/** The last bit is always set. */
const UNITS_A_MS = 8;

export function stampOf(now: Ticks): Stamp {
  return (Math.floor(now * UNITS_A_MS) & MASK) | 1;
}

/** Milliseconds from one to the other, less than 18 hours; 0 if the other comes first. */
export function msBetween(from: Stamp, to: Stamp): number {
  const units = (to - from) & MASK;
  return units > MASK >> 1 ? 0 : units / UNITS_A_MS;
}
