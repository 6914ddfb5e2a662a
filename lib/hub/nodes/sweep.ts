/**
 * Asks the database from time to time what the bus may not have said: durable events, and which of
 * the rooms served here have moved. A completed sweep keeps the gate open. It knows no SQL.
 */
import type { EventLoop } from "../../event_loop.ts";
import type { NodesCounts } from "../../metrics/counts.ts";
import type { Ticks } from "../../protocol/time.ts";
import type { Gate } from "./gate.ts";
import type { RoomHead, ServedRooms } from "./served.ts";

/** Milliseconds between sweeps, and by how much they differ, so that nodes do not sweep at once. */
const PERIOD = 2_000;
const JITTER = 200;
/** After one that failed: it decides how soon messages go out again. */
const PERIOD_FAILING = 250;
/** Milliseconds until one that somebody needs soon: several of them share it. */
const SOON = 20;

export interface SweepOptions {
  /**
   * The rooms whose head differs from what this told last, or from what the list says of them.
   * Rejects if the database cannot be asked.
   */
  moved(served: ServedRooms): Promise<RoomHead[]>;
  /** `Tail.look`. */
  look(): Promise<boolean>;
  served: ServedRooms;
  /** Takes what has moved: it is told once. */
  found(moved: RoomHead[]): void;
  /** A sweep has completed. */
  swept(): void;
  gate: Gate;
  counts: Pick<NodesCounts, "sweep" | "sweepsFailed" | "sweptAt">;
  loop: Pick<EventLoop, "now" | "after">;
  /** Wall clock, ms since the epoch. */
  now(): number;
  /** From 0 to 1. */
  random(): number;
}

export class Sweep {
  readonly #options: SweepOptions;
  #running = false;
  /** Somebody needs another one after the running one. */
  #again = false;
  /** When the next one is due; only the timer set last may start it. */
  #due = Infinity;
  #stopped = false;

  constructor(options: SweepOptions) {
    this.#options = options;
  }

  /** Begins to sweep; the returned function stops it. */
  start(): () => void {
    this.#plan(0);
    return () => void (this.#stopped = true);
  }

  /** There is a reason not to wait for the next one. */
  soon(): void {
    if (this.#running) this.#again = true;
    else this.#plan(SOON);
  }

  #plan(wait: number): void {
    const { loop } = this.#options;
    const due = loop.now() + wait;
    if (this.#stopped || due >= this.#due) return;
    this.#due = due;
    loop.after(wait, () => {
      if (this.#due !== due || this.#stopped) return;
      this.#due = Infinity;
      void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    const done = await this.#sweep().catch(() => false); // whoever asks the database has logged it
    if (!done) this.#options.counts.sweepsFailed += 1;
    this.#running = false;
    const again = this.#again;
    this.#again = false;
    const jitter = (2 * this.#options.random() - 1) * JITTER;
    this.#plan(again ? SOON : done ? PERIOD + jitter : PERIOD_FAILING);
  }

  async #sweep(): Promise<boolean> {
    const { moved, found, look, served, swept, gate, counts, loop, now } = this.#options;
    const began: { monotonic: Ticks; wall: number } = { monotonic: loop.now(), wall: now() };
    found(await moved(served));
    if (!await look() || this.#stopped) return false;
    counts.sweptAt = loop.now();
    counts.sweep.add(counts.sweptAt - began.monotonic);
    gate.swept(began);
    swept();
    return true;
  }
}
