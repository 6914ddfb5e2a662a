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

  /** What people are told of anything thrown; what was meant for them already stays as it is. */
  told(thrown: unknown): ConfabError {
    if (thrown instanceof ConfabError) return thrown;
    if (!this.#there) this.#log.error("files cannot be kept or read", { error: thrown });
    this.#there = true;
    return new ConfabError("unavailable", "Files cannot be kept or read at the moment.", {
      cause: thrown,
    });
  }

  /** Something was kept. */
  over(): void {
    if (this.#there) this.#log.info("files are kept again");
    this.#there = false;
  }
}
