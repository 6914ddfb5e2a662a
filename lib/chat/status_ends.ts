/**
 * Ends what people say of themselves when its time has come: to the moment on the node where it was
 * set, and soon on every other, should that one be gone. It decides nothing.
 */
import type { Store } from "../store/store.ts";
import type { Timestamp } from "../protocol/time.ts";

/** Milliseconds between two looks for what was set elsewhere. */
const LOOK_EVERY = 30_000;

export interface StatusEndsOptions {
  store: Pick<Store, "nextStatusEnd" | "endStatuses">;
  now(): Timestamp;
  loop: {
    after(ms: number, task: () => void): void;
    every(ms: number, task: () => void): () => void;
  };
}

export class StatusEnds {
  readonly #options: StatusEndsOptions;
  /** The soonest end for which a timer is set. */
  #awaited = Infinity;
  #looking = false;
  #closed = false;

  constructor(options: StatusEndsOptions) {
    this.#options = options;
  }

  /** Looks until the returned function is called. */
  start(): () => void {
    void this.#look();
    const stop = this.#options.loop.every(LOOK_EVERY, () => void this.#look());
    return () => {
      this.#closed = true;
      stop();
    };
  }

  /** One ends then. */
  at(until: Timestamp): void {
    const wait = until - this.#options.now();
    // A later look will find it, and timers that are far away are wrong.
    if (until >= this.#awaited || wait > LOOK_EVERY) return;
    this.#awaited = until;
    this.#options.loop.after(Math.max(0, wait), () => {
      if (this.#awaited === until) this.#awaited = Infinity;
      void this.#look();
    });
  }

  async #look(): Promise<void> {
    if (this.#looking || this.#closed) return;
    this.#looking = true;
    const { store, now } = this.#options;
    try {
      for (;;) {
        const next = await store.nextStatusEnd();
        if (next === null || this.#closed) return;
        if (next > now()) return this.at(next);
        await store.endStatuses({ now: now() });
      }
    } catch {
      // The database has logged why; the next look goes on.
    } finally {
      this.#looking = false;
    }
  }
}
