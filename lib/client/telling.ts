/** What the reader is told in a line: what failed, and what this browser does not give. */
import type { Withheld } from "./model.ts";
import { RequestError } from "./request_error.ts";
import type { EngineState } from "./state.ts";

export interface Telling {
  /** Of a failure that nobody waits for. */
  notice(error: unknown): void;
  /** The same for what somebody waits for, too. */
  noticed<T>(work: Promise<T>): Promise<T>;
  /** Each is told once. */
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
