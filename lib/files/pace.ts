/**
 * How long to let bytes of a slow sender gather before they are read. A piece costs nearly the same
 * whatever its size, and fifty phones would send thousands of small ones a second. The kernel has
 * them meanwhile. It reads nothing itself.
 */
import type { Ticks } from "../protocol/time.ts";

/** Bytes that are read and written as they come: what is small is there at once. */
const AT_ONCE = 131_072;
/** Bytes of a piece that is large enough. */
const ENOUGH = 65_536;
/** Milliseconds: a wait below is not worth a timer, one above would be felt at the end. */
const LEAST = 2;
const MOST = 50;

export class Pace {
  #bytes = 0;
  #last: Ticks;

  constructor(now: Ticks) {
    this.#last = now;
  }

  /** A piece came; returns for how many milliseconds the next is not asked for yet. */
  after(length: number, now: Ticks): number {
    const took = now - this.#last;
    this.#last = now;
    this.#bytes += length;
    if (this.#bytes < AT_ONCE || length >= ENOUGH) return 0;
    const wait = Math.min(MOST, took * ENOUGH / length);
    return wait < LEAST ? 0 : wait;
  }
}
