/**
 * Voice messages that the reader has listened to and the server may not know of: kept until it was
 * told, also after a reload. Loaded with the first player, and with what deals with files on their
 * way. It must not know what a player is.
 */
import type { ReadonlySignal } from "@preact/signals";
import type { Api } from "./api.ts";
import { retryDelay } from "./backoff.ts";
import type { Environment } from "./environment.ts";
import { RequestError, unreachable } from "./request_error.ts";
import { isFinal } from "./upload_faults.ts";

/** Kept at once; what is heard beyond is told when it is played again. */
const MOST = 200;

export interface HeardLaterParts {
  bootstrap: { me: { id: number } };
  environment: Pick<Environment, "shelf" | "setTimeout" | "random">;
  api: Api;
  /** Null: there is no connection. */
  epoch: ReadonlySignal<string | null>;
}

export class HeardLater {
  readonly #parts: HeardLaterParts;
  /**
   * Below the marker of files on their way, after which each page looks when it begins; forgotten
   * with them (`forget.ts`).
   */
  readonly #prefix: string;
  #isTelling = false;
  /** It will be told again by itself. */
  #isWaiting = false;

  constructor(parts: HeardLaterParts) {
    this.#parts = parts;
    this.#prefix = `confab.files.${parts.bootstrap.me.id}.heard.`;
  }

  has(message: number): boolean {
    return this.#kept().includes(message);
  }

  /** False where the server refuses it, or was not told and this browser keeps nothing. */
  async tell(message: number): Promise<boolean> {
    const isKept = this.#keep(message);
    const failure = await this.#ask(message);
    if (failure === null || isSettled(failure)) return failure === null;
    if (isKept) this.#again(failure, 0);
    return isKept;
  }

  /** Tells what is kept, one after another, until the server has it all. */
  async tellAll(attempt = 0): Promise<void> {
    if (this.#isTelling) return;
    this.#isTelling = true;
    const failure = await this.#tellEach();
    this.#isTelling = false;
    if (failure !== null) this.#again(failure, attempt);
  }

  /** Once more: when the connection is back, or where there is one, after a while. */
  #again(failure: unknown, attempt: number): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    const { environment, epoch } = this.#parts;
    const tell = (attempt: number) => {
      this.#isWaiting = false;
      void this.tellAll(attempt);
    };
    if (epoch.peek() !== null) {
      const wait = retryDelay(failure, attempt, environment.random());
      return void environment.setTimeout(() => tell(attempt + 1), wait);
    }
    const stop = epoch.subscribe((now) => {
      if (now === null) return;
      stop();
      tell(0);
    });
  }

  /** Stops at the first that is to be told once more: its failure. */
  async #tellEach(): Promise<unknown> {
    for (const message of this.#kept()) {
      if (this.#parts.epoch.peek() === null) return unreachable();
      const failure = await this.#ask(message);
      if (failure !== null && !isSettled(failure)) return failure;
    }
    return null;
  }

  /** Null: the server knows it. To be told twice, as by two tabs, changes nothing there. */
  async #ask(message: number): Promise<unknown> {
    const asked = this.#parts.api("PUT", `/api/messages/${message}/heard`);
    const failure = await asked.then(() => null, (error: unknown) => error);
    if (failure === null || isSettled(failure)) this.#forget(message);
    return failure;
  }

  #kept(): number[] {
    try {
      const all = this.#parts.environment.shelf.all(this.#prefix);
      return all.map(([key]) => Number(key.slice(this.#prefix.length)));
    } catch {
      return [];
    }
  }

  #keep(message: number): boolean {
    try {
      const kept = this.#kept();
      if (kept.length >= MOST && !kept.includes(message)) return false;
      this.#parts.environment.shelf.put(`${this.#prefix}${message}`, "1");
      return true;
    } catch {
      return false;
    }
  }

  #forget(message: number): void {
    try {
      this.#parts.environment.shelf.delete(`${this.#prefix}${message}`);
    } catch {
      // Then nothing was kept.
    }
  }
}

/** To say it again would change nothing. */
function isSettled(error: unknown): boolean {
  return isFinal(error) || (error instanceof RequestError && error.code === "not_found");
}
