/**
 * Says in the log that bytes cannot be kept: once when it begins, once when it is over. It knows
 * neither a disk nor a bucket.
 */
import { ConfabError } from "../errors.ts";

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

export class KeepingFails {
  readonly #log: KeepingLog;
  readonly #there = new Set<Doing>();

  constructor(log: KeepingLog) {
    this.#log = log;
  }

  /** Whether something failed the last time that it was tried. */
  get failing(): boolean {
    return this.#there.size > 0;
  }

  /** The same for what is read one by one. */
  async *each<T>(list: AsyncIterable<T>): AsyncGenerator<T> {
    const items = list[Symbol.asyncIterator]();
    try {
      for (;;) {
        const { value, done } = await this.guard("read", () => items.next());
        if (done) return;
        yield value;
      }
    } finally {
      await items.return?.();
    }
  }

  /** Does it. What fails is told as `unavailable`; what was meant for people stays as it is. */
  async guard<T>(doing: Doing, work: () => Promise<T>): Promise<T> {
    const [begins, over] = SENTENCES[doing];
    try {
      const result = await work();
      if (this.#there.delete(doing)) this.#log.info(over);
      return result;
    } catch (error) {
      if (error instanceof ConfabError) throw error;
      if (!this.#there.has(doing)) this.#log.error(begins, told(error));
      this.#there.add(doing);
      throw new ConfabError("unavailable", "Files cannot be kept or read at the moment.", {
        cause: error,
      });
    }
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
