/**
 * Takes away the bytes of files that are gone, and gives up those that nobody waits for any more. A
 * row goes after its bytes, so that what a crash has left is found again. It decides nothing else.
 */
import { DueWork, type DueWorkOptions } from "../due_work.ts";
import type { Store } from "../store/store.ts";
import type { Blobs } from "./blobs.ts";
import { removeKept } from "./kept.ts";

const HOUR = 60 * 60_000;
/** Milliseconds: how long an upload may stand still, and a file wait for its message. */
const UNFINISHED_FOR = 24 * HOUR;
const UNBOUND_FOR = 7 * 24 * HOUR;
const LOOK_EVERY = 60_000;

export interface CleaningOptions extends Pick<DueWorkOptions, "loop" | "now"> {
  store: Pick<Store, "forgetFiles" | "giveUpFiles" | "goneFiles">;
  blobs: Blobs;
}

export class Cleaning {
  readonly #options: CleaningOptions;
  readonly #due: DueWork;

  constructor(options: CleaningOptions) {
    this.#options = options;
    this.#due = new DueWork({ ...options, every: LOOK_EVERY, look: () => this.#clean() });
  }

  /** Looks until the returned function is called. */
  start(): () => void {
    this.wake();
    return () => void this.#due.close();
  }

  /** Some were given up just now. */
  wake(): void {
    this.#due.wake();
  }

  async #clean(): Promise<null> {
    const { store, blobs, now } = this.#options;
    const times = { unfinished: now() - UNFINISHED_FOR, unbound: now() - UNBOUND_FOR };
    while (!this.#due.closed && await store.giveUpFiles(times) > 0);
    while (!this.#due.closed) {
      const gone = await store.goneFiles();
      if (gone.length === 0) break;
      for (const { key } of gone) await removeKept(blobs, key);
      await store.forgetFiles({ ids: gone.map(({ id }) => id) });
    }
    return null;
  }
}
