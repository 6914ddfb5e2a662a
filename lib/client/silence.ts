/**
 * Notices when the server has gone silent: after a while it tests the connection, and if nothing
 * comes back, the connection is dead. It must not know what is sent over it.
 */
import type { Environment } from "./environment.ts";
import { SleepWatch } from "./sleep.ts";

/** After this much silence (ms) the connection is tested: a server pings only silent clients. */
export const QUIET = 30_000;
/** Without a sign from the server for this long (ms), the connection counts as dead. */
export const SILENCE = 45_000;
/** After the network changed or the page woke up, an answer must come within this (ms). */
const PROBE_WITHIN = 10_000;
/** How often to check whether the machine slept, in milliseconds. */
const LOOK_EVERY = 5_000;

/** What is watched, and what it can do. */
export interface Watched {
  /** Whether the server has sent `ready`: only then does a test make sense. */
  isOnline(): boolean;
  /** Sends something that the server answers. */
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
  /** At the deadline the connection is given up: it was tested already. */
  #probing = false;
  #timer: unknown = null;

  constructor(clock: Clocks, line: Watched) {
    this.#clock = clock;
    this.#line = line;
    this.#sleep = new SleepWatch(clock);
  }

  /** From now on, something must arrive within this many milliseconds. */
  expectWithin(milliseconds: number): void {
    this.#deadline = this.#clock.ticks() + milliseconds;
    this.#look();
  }

  /** The server has said `ready`. */
  greeted(): void {
    this.#probing = false;
    this.#sleep.noticed(); // earlier sleep does not count
    this.expectWithin(QUIET);
  }

  /** A frame has come. */
  heard(): void {
    this.#deadline = this.#clock.ticks() + QUIET;
    this.#probing = false;
  }

  /** Tests the connection, unless a test is running. */
  test(): void {
    if (!this.#probing) this.probe(PROBE_WITHIN);
  }

  /** Tests the connection: an answer must come within this many milliseconds. */
  probe(milliseconds: number): void {
    this.#probing = true;
    this.#line.ask();
    this.expectWithin(milliseconds);
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer);
  }

  /** In short steps: a timer that the machine slept through would fire too late. */
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
