/**
 * Takes away for good what was deleted, once nobody can take the deletion back any more. What
 * another node or a run before has left goes at the start, and when it is looked for again.
 */
import { UNDO_FOR, UNDO_GRACE } from "../protocol/limits.ts";
import type { Store } from "../store/store.ts";

/** Milliseconds: how long what was deleted is kept, and between two looks for what was left. */
const KEPT_FOR = UNDO_FOR + UNDO_GRACE;
const LOOK_EVERY = 60_000;
/** What was deleted within so many milliseconds goes in one transaction. */
const TOGETHER = 1_000;

export interface PurgingOptions {
  store: Pick<Store, "purgeDeleted">;
  now(): number;
  loop: { every(ms: number, task: () => void): () => void };
}

export class Purging {
  readonly #options: PurgingOptions;
  /** Stops the timer of what was deleted here; null: nothing was. */
  #stop: (() => void) | null = null;
  /** More was deleted while it ran. */
  #more = false;
  #closed = false;

  constructor(options: PurgingOptions) {
    this.#options = options;
  }

  /** Looks until the returned function is called. */
  start(): () => void {
    this.#purge();
    const stop = this.#options.loop.every(LOOK_EVERY, () => this.#purge());
    return () => {
      this.#closed = true;
      stop();
      this.#stop?.();
    };
  }

  /** Something was deleted just now. */
  later(): void {
    if (this.#closed) return;
    if (this.#stop !== null) {
      this.#more = true;
      return;
    }
    const stop = this.#options.loop.every(KEPT_FOR + TOGETHER, () => {
      this.#purge();
      if (!this.#more) {
        stop();
        this.#stop = null;
      }
      this.#more = false;
    });
    this.#stop = stop;
  }

  #purge(): void {
    if (this.#closed) return;
    const { store, now } = this.#options;
    // Where it fails the database has logged why, and the next look takes what is left.
    store.purgeDeleted({ before: now() - KEPT_FOR }).catch(() => {});
  }
}
