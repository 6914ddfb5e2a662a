/**
 * Says of whatever keeps bytes that it fails: in the log once when it begins and once when it is over,
 * to whoever asks as `unavailable`. It knows neither a disk nor a bucket.
 */
import { ConfabError } from "../errors.ts";
import { type Blobs, demandKey, type KeptBlob, type LinkOptions, type ReadBlob } from "./blobs.ts";

export interface KeepingLog {
  error(message: string, fields?: Record<string, unknown>): void;
  info(message: string): void;
}

/** Each fails alone: a full disk can be read, and removing what is not there needs no disk. */
type Doing = "keep" | "read" | "remove";

const SENTENCES = {
  keep: ["files cannot be kept", "files are kept again"],
  read: ["files cannot be read", "files are read again"],
  remove: ["files cannot be removed", "files are removed again"],
} as const;

/** Rejects with whatever the disk or the bucket says. */
export type KeptBlobs = Omit<Blobs, "failing">;

export class WatchedBlobs implements Blobs {
  readonly #kept: KeptBlobs;
  readonly #log: KeepingLog;
  readonly #failing = new Set<Doing>();

  constructor(kept: KeptBlobs, log: KeepingLog) {
    this.#kept = kept;
    this.#log = log;
  }

  get failing(): boolean {
    return this.#failing.size > 0;
  }

  append(
    key: string,
    offset: number,
    bytes: ReadableStream<Uint8Array>,
    most: number,
    isQuiet?: () => boolean,
  ): Promise<number> {
    return this.#of(key, "keep", () => this.#kept.append(key, offset, bytes, most, isQuiet));
  }

  received(key: string): Promise<number> {
    return this.#of(key, "read", () => this.#kept.received(key));
  }

  isBlob(key: string): Promise<boolean> {
    return this.#of(key, "read", () => this.#kept.isBlob(key));
  }

  async finish<T>(key: string, work: (path: string) => Promise<T>): Promise<T> {
    const told = (path: string) =>
      work(path).catch((error) => {
        throw new WorkFailed(error);
      });
    try {
      return await this.#of(key, "keep", () => this.#kept.finish(key, told));
    } catch (error) {
      throw error instanceof WorkFailed ? error.cause : error;
    }
  }

  drop(key: string): Promise<void> {
    return this.#of(key, "remove", () => this.#kept.drop(key));
  }

  put(key: string, bytes: Uint8Array | ReadableStream<Uint8Array>): Promise<number> {
    return this.#of(key, "keep", () => this.#kept.put(key, bytes));
  }

  read(key: string, range?: { from: number; to: number }): Promise<ReadBlob | null> {
    return this.#of(key, "read", () => this.#kept.read(key, range));
  }

  remove(key: string): Promise<void> {
    return this.#of(key, "remove", () => this.#kept.remove(key));
  }

  list(): AsyncIterable<KeptBlob> {
    return this.#each(this.#kept.list());
  }

  uploads(): AsyncIterable<KeptBlob> {
    return this.#each(this.#kept.uploads());
  }

  link(key: string, options: LinkOptions): Promise<string | null> {
    return this.#kept.link(key, options);
  }

  freeBytes(): Promise<number | null> {
    return this.#kept.freeBytes();
  }

  /** A key that is none is a mistake of ours, and no failure. */
  async #of<T>(key: string, doing: Doing, work: () => Promise<T>): Promise<T> {
    demandKey(key);
    return await this.#guard(doing, work);
  }

  async *#each<T>(list: AsyncIterable<T>): AsyncGenerator<T> {
    const items = list[Symbol.asyncIterator]();
    try {
      for (;;) {
        const { value, done } = await this.#guard("read", () => items.next());
        if (done) return;
        yield value;
      }
    } finally {
      await items.return?.();
    }
  }

  /** What was meant for people stays as it is. */
  async #guard<T>(doing: Doing, work: () => Promise<T>): Promise<T> {
    const [begins, over] = SENTENCES[doing];
    try {
      const result = await work();
      if (this.#failing.delete(doing)) this.#log.info(over);
      return result;
    } catch (error) {
      if (error instanceof ConfabError || error instanceof WorkFailed) throw error;
      if (!this.#failing.has(doing)) this.#log.error(begins, told(error));
      this.#failing.add(doing);
      throw new ConfabError("unavailable", "Files cannot be kept or read at the moment.", {
        cause: error,
      });
    }
  }
}

/** What was done with an upload on its way failed: that is no matter of who keeps it. */
class WorkFailed extends Error {
  constructor(cause: unknown) {
    super("", { cause });
  }
}

/** What a disk, a network or a bucket says is enough; only a mistake of ours needs its stack. */
function told(error: unknown): Record<string, unknown> {
  let deepest = error;
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause;
  if (!(deepest instanceof Error)) return { error };
  const isOurs = [TypeError, ReferenceError, RangeError].some((kind) => deepest instanceof kind);
  return isOurs ? { error } : { detail: deepest.message };
}
