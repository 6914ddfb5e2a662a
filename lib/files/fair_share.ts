/**
 * What uploads take together while people write: so much a second, and no more, however many there
 * are and however fast they come. Else their pieces, their waits for the disk and their part of the
 * processor make every message wait. While nobody writes, they go as fast as they can. It reads
 * nothing itself.
 */
import type { Ticks } from "../protocol/time.ts";

/** Bytes a second: half a gigabit. An ack then waits as if there were no uploads (decision 67). */
const TOGETHER = 64_000_000;
/** Milliseconds after which nobody writes any more. */
const QUIET_MS = 1_000;

export class FairShare {
  readonly #now: () => Ticks;
  /** When what has come would have come at that pace. */
  #mark = -Infinity;
  #heardAt = -Infinity;

  constructor(now: () => Ticks) {
    this.#now = now;
  }

  /** Somebody has written something, or others are told of something else. */
  heard(): void {
    this.#heardAt = this.#now();
  }

  /**
   * Milliseconds until all that came has had its time: before that nobody is asked for another piece.
   * So those who send fast take turns.
   */
  get wait(): number {
    const now = this.#now();
    return this.#isQuiet(now) ? 0 : Math.max(0, this.#mark - now);
  }

  /** A piece came; returns how long its sender waits for the next one, this one's time included. */
  after(length: number): number {
    const now = this.#now();
    if (this.#isQuiet(now)) return 0;
    this.#mark = Math.max(this.#mark, now) + length / (TOGETHER / 1_000);
    return this.wait;
  }

  /** Nobody writes: uploads may take all there is. */
  get isQuiet(): boolean {
    return this.#isQuiet(this.#now());
  }

  #isQuiet(now: Ticks): boolean {
    return now - this.#heardAt >= QUIET_MS;
  }
}
