/**
 * Times messages of other nodes from when they were stored there, by that node's clock, to the last
 * screen here, by ours. Only a few a second: finding the time in an encoded message costs more than
 * delivering it.
 */
import type { MessageNotice } from "../../chat/notice.ts";
import type { Ticks } from "../../protocol/time.ts";
import type { Screens } from "../sending/screens.ts";

/** Milliseconds between two that are timed. */
const PAUSE = 100;

export interface HeardTimesOptions {
  screens: Screens;
  monotonic(): Ticks;
  /** Wall clock, ms since the epoch. */
  wall(): number;
}

/** The function to call with each message that was just told to the members here. */
export function timeHeard(options: HeardTimesOptions): (notice: MessageNotice) => void {
  const { screens, monotonic, wall } = options;
  let next = -Infinity;
  return (notice) => {
    if (notice.heard !== true) return;
    const now = monotonic();
    if (now < next) return;
    const { ts, seq, rev } = notice.message;
    if (rev !== seq) return; // it was sent before, and has changed now
    const age = wall() - ts;
    next = now + PAUSE;
    // Clocks differ: what seems to come from the future has just come.
    screens.expect({ arrivedAt: (now - Math.max(0, age)) as Ticks, remote: true });
  };
}
