/**
 * Notices that nothing is heard of the server any more: after a while the line is tested, and where
 * no sign comes of that either, it is dead. It must not know what is sent over the line.
 */
import type { Environment } from "./environment.ts";
import { SleepWatch } from "./sleep.ts";

/** After so much silence (ms) the line is tested: a server pings only clients that are silent. */
export const QUIET = 30_000;
/** Without a sign of the server for this long (ms), the connection is taken for dead. */
export const SILENCE = 45_000;
/** After the network changed or the page woke, an answer must come within this (ms). */
const PROBE_WITHIN = 10_000;
/** How often it is asked whether the machine slept, in milliseconds. */
const LOOK_EVERY = 5_000;

/** What is watched, and what it can do. */
export interface Watched {
  /** Whether the server has said `ready`: only then does a test make sense. */
  isOnline(): boolean;
  /** Says something that the server answers. */
  ask(): void;
  /** Nothing was heard in time. */
  drop(): void;
}

type Clocks = Pick<Environment, "now" | "ticks" | "setTimeout" | "clearTimeout">;

export class Silence {
  readonly #clock: Clocks;
  readonly #line: Watched;
  readonly #sleep;
  /** When something must have been heard. */
  #deadline = 0;
  /** At the deadline the line is given up: it was tested already. */
  #probing = false;
  #timer: unknown = null;

  constructor(clock: Clocks, line: Watched) {
    this.#clock = clock;
    this.#line = line;
    this.#sleep = new SleepWatch(clock);
  }

  /** From here on, something must be heard within so many milliseconds. */
  expectWithin(milliseconds: number): void {
    this.#deadline = this.#clock.ticks() + milliseconds;
    this.#look();
  }

  /** The server has said `ready`. */
  greeted(): void {
    this.#probing = false;
    this.#sleep.noticed(); // what was before does not count
    this.expectWithin(QUIET);
  }

  /** A frame has come. */
  heard(): void {
    this.#deadline = this.#clock.ticks() + QUIET;
    this.#probing = false;
  }

  /** Tests the line, unless that is under way. */
  test(): void {
    if (!this.#probing) this.probe(PROBE_WITHIN);
  }

  /** Tests the line: an answer must come within so many milliseconds. */
  probe(milliseconds: number): void {
    this.#probing = true;
    this.#line.ask();
    this.expectWithin(milliseconds);
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer);
  }

  /** In short steps: a timer that the machine slept through would come too late. */
  #look(): void {
    this.stop();
    const left = this.#deadline - this.#clock.ticks();
    this.#timer = this.#clock.setTimeout(
      () => this.#watch(),
      Math.max(0, Math.min(left, LOOK_EVERY)),
    );
  }

  #watch(): void {
    const mayProbe = this.#line.isOnline() && !this.#probing;
    if (this.#sleep.noticed() && mayProbe) this.probe(PROBE_WITHIN);
    else if (this.#clock.ticks() < this.#deadline) this.#look();
    else if (mayProbe) this.probe(SILENCE - QUIET);
    else this.#line.drop();
  }
}
