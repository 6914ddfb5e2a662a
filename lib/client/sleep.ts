/**
 * Notices that the machine slept. Browsers differ in whether timers and `performance.now()` go on
 * while it does; where they stand, the time of day has run ahead of them afterwards. It is a hint
 * and no measure: a clock that somebody sets forward looks the same, and costs one needless question.
 */
import type { Environment } from "./environment.ts";

/** The time of day must have run ahead by this (ms) to count. */
const AHEAD = 10_000;

export class SleepWatch {
  readonly #clocks: Pick<Environment, "now" | "ticks">;
  // Asked first when it is first needed: the server's render has no clock to look at.
  #known: number | null = null;

  constructor(clocks: Pick<Environment, "now" | "ticks">) {
    this.#clocks = clocks;
  }

  /** Whether the machine slept since this was asked last. */
  noticed(): boolean {
    const difference = this.#clocks.now() - this.#clocks.ticks();
    const ahead = difference - (this.#known ?? difference);
    this.#known = difference;
    return ahead >= AHEAD;
  }
}
