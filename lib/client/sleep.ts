/**
 * Notices that the machine slept. Browsers differ in whether timers and `performance.now()` run
 * meanwhile; if they stop, the wall clock is ahead of them afterwards. It is a hint, not a
 * measurement: a clock set forward looks the same, and costs one needless request.
 */
import type { Environment } from "./environment.ts";

/** The wall clock must be ahead by this (ms) to count. */
const AHEAD = 10_000;

export class SleepWatch {
  readonly #clocks: Pick<Environment, "now" | "ticks">;
  // Read only on first use: the server's render has no clock.
  #known: number | null = null;

  constructor(clocks: Pick<Environment, "now" | "ticks">) {
    this.#clocks = clocks;
  }

  /** Whether the machine slept since the last call. */
  noticed(): boolean {
    const difference = this.#clocks.now() - this.#clocks.ticks();
    const ahead = difference - (this.#known ?? difference);
    this.#known = difference;
    return ahead >= AHEAD;
  }
}
