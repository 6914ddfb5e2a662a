/**
 * Says in the log that bytes cannot be kept: once when it begins, once when it is over. It knows
 * neither a disk nor a bucket.
 */
import { ConfabError } from "../errors.ts";

export interface KeepingLog {
  error(message: string, fields?: Record<string, unknown>): void;
  info(message: string): void;
}

export class KeepingFails {
  readonly #log: KeepingLog;
  #there = false;

  constructor(log: KeepingLog) {
    this.#log = log;
  }

  /** Does it. What fails is told as `unavailable`; what was meant for people stays as it is. */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      if (this.#there) this.#log.info("files are kept again");
      this.#there = false;
      return result;
    } catch (error) {
      if (error instanceof ConfabError) throw error;
      if (!this.#there) this.#log.error("files cannot be kept or read", { error });
      this.#there = true;
      throw new ConfabError("unavailable", "Files cannot be kept or read at the moment.", {
        cause: error,
      });
    }
  }
}
