/**
 * How late the event loop is, by a timer that runs only while somebody asks: an idle server is not
 * to be woken for numbers that nobody reads.
 */
import type { EventLoop } from "../event_loop.ts";
import { DURATIONS, Spread } from "./spread.ts";

/** Between samples, milliseconds. */
const SAMPLE_MS = 100;
/** Milliseconds after which nobody asks any more: scrapers come every 15 to 60 seconds. */
const FORGET_MS = 3 * 60_000;

export class LoopDelay {
  readonly spread = new Spread(DURATIONS);
  #askedAt = 0;
  #stop: (() => void) | null = null;

  constructor(private readonly loop: Pick<EventLoop, "now" | "every">) {}

  /** Somebody reads: samples are taken from now on, for a while. */
  ask(): Spread {
    this.#askedAt = this.loop.now();
    this.#stop ??= this.#begin();
    return this.spread;
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }

  #begin(): () => void {
    let due = this.loop.now() + SAMPLE_MS;
    return this.loop.every(SAMPLE_MS, () => {
      const now = this.loop.now();
      this.spread.add(Math.max(0, now - due));
      // Counted from here: a delay is one sample, and does not make the next ones early.
      due = now + SAMPLE_MS;
      if (now - this.#askedAt > FORGET_MS) this.stop();
    });
  }
}
