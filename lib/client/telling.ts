/** Notices for the reader: what failed, and what this browser does not offer. */
import type { Withheld } from "./model.ts";
import { RequestError } from "./request_error.ts";
import type { EngineState } from "./state.ts";

export interface Telling {
  /** Reports a failure that nobody waits for. */
  notice(error: unknown): void;
  /** The same for a failure that somebody waits for. */
  noticed<T>(work: Promise<T>): Promise<T>;
  /** Each is reported once. */
  withheld(what: Withheld): void;
}

export function createTelling(state: Pick<EngineState, "notice" | "withheld">): Telling {
  const told = new Set<Withheld>();

  function notice(error: unknown): void {
    if (!(error instanceof RequestError)) return;
    state.notice.value = { code: error.code, message: error.message };
  }

  return {
    notice,
    async noticed(work) {
      try {
        return await work;
      } catch (error) {
        notice(error);
        throw error;
      }
    },
    withheld(what) {
      if (told.has(what)) return;
      told.add(what);
      state.withheld.value = [...state.withheld.peek(), what];
    },
  };
}
