/**
 * Ends what people say of themselves when its time has come: to the moment on the node where it was
 * set, and soon on every other, should that one be gone. It decides nothing.
 */
import { DueWork, type DueWorkOptions } from "../due_work.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { Store } from "../store/store.ts";

/** Milliseconds between two looks for what was set elsewhere. */
const LOOK_EVERY = 30_000;

interface StatusEndsOptions extends Pick<DueWorkOptions, "loop" | "now"> {
  store: Pick<Store, "nextStatusEnd" | "endStatuses">;
}

export class StatusEnds {
  readonly #options: StatusEndsOptions;
  readonly #due: DueWork;

  constructor(options: StatusEndsOptions) {
    this.#options = options;
    this.#due = new DueWork({ ...options, every: LOOK_EVERY, look: () => this.#look() });
  }

  /** Looks until the returned function is called. */
  start(): () => void {
    this.#due.wake();
    return () => void this.#due.close();
  }

  /** One ends then. */
  at(until: Timestamp): void {
    this.#due.at(until);
  }

  async #look(): Promise<Timestamp | null> {
    const { store, now } = this.#options;
    for (;;) {
      const next = await store.nextStatusEnd();
      if (next === null || next > now() || this.#due.closed) return next;
      await store.endStatuses({ now: now() });
    }
  }
}
