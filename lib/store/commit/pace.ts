/**
 * How often a small batch is committed. A commit costs the same for one message as for ten: in a
 * steady stream from many people it is worth waiting for a few more; for one person writing in a
 * quiet room it is not. Knows no queue and no database.
 *
 * The generic cell rate algorithm (ITU-T I.371): each commit moves a mark by `INTERVAL`; the mark
 * may run ahead of the clock by `BURST` commits before anybody waits, and by one more at most: large
 * batches do not wait, and a mark that they could move without end would keep the first small one
 * after them waiting for as long.
 */

import type { Ticks } from "../../protocol/time.ts";

/** Milliseconds between commits in a steady stream: the longest a message waits. */
const INTERVAL = 15;
/** Commits in a row that need not wait. */
const BURST = 10;
/** A batch that is not small: it has no reason to wait. */
const LARGE_BATCH = 64;

export interface Pace {
  /** Milliseconds until a batch of this size should be committed; 0 or less: now. */
  wait(size: number): number;
  /** A batch is committed now. */
  committing(): void;
}

export function createPace(now: () => Ticks): Pace {
  let mark = -Infinity;
  return {
    wait: (size) => size >= LARGE_BATCH ? 0 : mark - BURST * INTERVAL - now(),
    committing() {
      const at = now();
      mark = Math.min(Math.max(mark, at) + INTERVAL, at + (BURST + 1) * INTERVAL);
    },
  };
}

/** For reads: they run at once. */
export const NO_PACE: Pace = { wait: () => 0, committing() {} };

/** A wait shared by everything that arrives while it lasts. */
export class Pause {
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Does nothing if a wait is already running: that one ends as planned. */
  begin(ms: number, over: () => void): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      over();
    }, ms);
  }

  /** Ends without calling `over`. */
  end(): void {
    if (this.#timer === undefined) return; // asking loads Node's timers, at the start for nothing
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
