/**
 * Takes away for good what was deleted, once nobody can take the deletion back any more. What
 * another node or a run before has left goes at the start, and when it is looked for again.
 */
import { DueWork, type DueWorkOptions } from "../due_work.ts";
import { UNDO_FOR, UNDO_GRACE } from "../protocol/limits.ts";
import type { Store } from "../store/store.ts";

/** Milliseconds: how long what was deleted is kept, and between two looks for what was left. */
const KEPT_FOR = UNDO_FOR + UNDO_GRACE;
const LOOK_EVERY = 60_000;
/** What was deleted within so many milliseconds goes in one transaction. */
const TOGETHER = 1_000;

interface PurgingOptions extends Pick<DueWorkOptions, "loop" | "now"> {
  store: Pick<Store, "purgeDeleted">;
  /** Called afterwards: files of what was purged are gone now. */
  purged?(): void;
}

export class Purging {
  readonly #options: PurgingOptions;
  readonly #due: DueWork;
  /** When the last of what was deleted here may go. */
  #last = 0;

  constructor(options: PurgingOptions) {
    this.#options = options;
    this.#due = new DueWork({ ...options, every: LOOK_EVERY, look: () => this.#purge() });
  }

  /** Looks until the returned function is called. */
  start(): () => void {
    this.#due.wake();
    return () => void this.#due.close();
  }

  /** Something was deleted just now. */
  later(): void {
    this.#last = this.#options.now() + KEPT_FOR + TOGETHER;
    this.#due.at(this.#last);
  }

  async #purge(): Promise<number | null> {
    const { store, now, purged } = this.#options;
    await store.purgeDeleted({ before: now() - KEPT_FOR });
    purged?.();
    return this.#last > now() ? this.#last : null;
  }
}
