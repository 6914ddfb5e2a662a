/** Notices for the reader: what failed, and what this browser does not offer. */
import type { Withheld } from "./model.ts";
import { RequestError } from "./request_error.ts";
import type { EngineState } from "./state.ts";

export class Telling {
  readonly #state: Pick<EngineState, "notice" | "withheld">;
  readonly #told = new Set<Withheld>();

  constructor(state: Pick<EngineState, "notice" | "withheld">) {
    this.#state = state;
  }

  /** Reports a failure that nobody waits for. */
  notice(error: unknown): void {
    if (!(error instanceof RequestError)) return;
    this.#state.notice.value = { code: error.code, message: error.message };
  }

  /** The same for a failure that somebody waits for. */
  async noticed<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      this.notice(error);
      throw error;
    }
  }

  /** Each is reported once. */
  withheld(what: Withheld): void {
    if (this.#told.has(what)) return;
    this.#told.add(what);
    this.#state.withheld.value = [...this.#state.withheld.peek(), what];
  }
}
