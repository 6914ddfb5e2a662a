/**
 * Takes away bytes that no row names: what a crash has left between the two, what a restored backup
 * does not know. Only what has lain there for a day: something may be about to be named. It knows no
 * row itself.
 */
import { DueWork, type DueWorkOptions } from "../due_work.ts";
import { type Blobs, type KeptBlob, originalKey } from "./blobs.ts";

const HOUR = 60 * 60_000;
/** Milliseconds: from the start to the first look, and from one look to the next. */
const FIRST_LOOK = 10 * 60_000;
const LOOK_EVERY = 24 * HOUR;
const OLD = 24 * HOUR;
/** Keys that are asked for at once. */
const AT_ONCE = 256;

export interface SweepingOptions extends Pick<DueWorkOptions, "loop" | "now"> {
  blobs: Blobs;
  /** Of these keys, those that are named. */
  named(keys: { blobs: string[]; uploads: string[] }): Promise<
    { blobs: string[]; uploads: string[] }
  >;
}

export class Sweeping {
  readonly #options: SweepingOptions;
  readonly #due: DueWork;

  constructor(options: SweepingOptions) {
    this.#options = options;
    this.#due = new DueWork({ ...options, every: LOOK_EVERY, look: () => this.#look() });
  }

  /** Looks until the returned function is called. */
  start(): () => void {
    this.#due.at(this.#options.now() + FIRST_LOOK);
    return () => void this.#due.close();
  }

  async #look(): Promise<null> {
    const { blobs, named } = this.#options;
    for await (const some of this.#old(blobs.list())) {
      const known = new Set(
        (await named({ blobs: [...new Set(some.map(originalKey))], uploads: [] })).blobs,
      );
      for (const key of some) if (!known.has(originalKey(key))) await blobs.remove(key);
    }
    for await (const some of this.#old(blobs.uploads())) {
      const known = new Set((await named({ blobs: [], uploads: some })).uploads);
      for (const key of some) if (!known.has(key)) await blobs.drop(key);
    }
    return null;
  }

  /** By the hundred; none once the program ends. */
  async *#old(list: AsyncIterable<KeptBlob>): AsyncGenerator<string[]> {
    const before = this.#options.now() - OLD;
    let some: string[] = [];
    for await (const { key, at } of list) {
      if (this.#due.closed) return;
      if (at >= before) continue;
      some.push(key);
      if (some.length < AT_ONCE) continue;
      yield some;
      some = [];
    }
    if (some.length > 0) yield some;
  }
}
