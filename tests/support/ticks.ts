/** Makes a number, which a test chose, a reading of the monotonic clock. */
import type { Ticks } from "../../lib/protocol/time.ts";

export function ticks(milliseconds: number): Ticks {
  return milliseconds as Ticks;
}
