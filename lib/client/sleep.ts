/**
 * Notices that the machine slept. Browsers differ in whether timers and `performance.now()` go on
 * while it does; where they stand, the time of day has run ahead of them afterwards. It is a hint
 * and no measure: a clock that somebody sets forward looks the same, and costs one needless question.
 */
import type { Environment } from "./environment.ts";

/** The time of day must have run ahead by this (ms) to count. */
const AHEAD = 10_000;

export interface SleepWatch {
  /** Whether the machine slept since this was asked last. */
  noticed(): boolean;
}

export function createSleepWatch(clocks: Pick<Environment, "now" | "ticks">): SleepWatch {
  // Asked first when it is first needed: the server's render has no clock to look at.
  let known: number | null = null;
  return {
    noticed() {
      const difference = clocks.now() - clocks.ticks();
      const ahead = difference - (known ?? difference);
      known = difference;
      return ahead >= AHEAD;
    },
  };
}
