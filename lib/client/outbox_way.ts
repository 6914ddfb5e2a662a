/**
 * What is under way to the server: which messages wait for an answer, and which rooms rest after a
 * refusal that will pass. It must not know what the messages say.
 */
import { backoffDelay, FIRST_RETRY } from "./backoff.ts";
import type { Clock } from "./environment.ts";
import { ANSWER_WITHIN } from "./requests.ts";

/** Messages under way at a time, over all rooms. */
const WINDOW = 32;

export interface Way {
  /** Nothing more fits just now. */
  full(): boolean;
  has(clientId: string): boolean;
  began(clientId: string): void;
  ended(clientId: string): void;
  rests(room: number): boolean;
  /** @param retryAfter milliseconds that the server asked for */
  rest(room: number, retryAfter?: number): void;
  /** An answer came, or the line is new: the next rest is short again. */
  calm(): void;
  /** The connection is gone, and every answer with it. */
  clear(): void;
}

/** @param freed called when a wait for an answer, or a rest, is over */
export function createWay(clock: Clock, freed: () => void): Way {
  /** clientId → the timer that ends the wait for its answer. */
  const underWay = new Map<string, unknown>();
  /** room → the timer that ends its rest. */
  const rests = new Map<number, unknown>();
  let attempt = 0;

  function ended(clientId: string): void {
    clock.clearTimeout(underWay.get(clientId));
    underWay.delete(clientId);
  }

  return {
    full: () => underWay.size >= WINDOW,
    has: (clientId) => underWay.has(clientId),
    began(clientId) {
      const over = () => {
        underWay.delete(clientId);
        freed();
      };
      underWay.set(clientId, clock.setTimeout(over, ANSWER_WITHIN));
    },
    ended,
    rests: (room) => rests.has(room),
    rest(room, retryAfter = 0) {
      clock.clearTimeout(rests.get(room));
      const delay = Math.max(retryAfter, FIRST_RETRY + backoffDelay(attempt++, clock.random()));
      const over = () => {
        rests.delete(room);
        freed();
      };
      rests.set(room, clock.setTimeout(over, delay));
    },
    calm() {
      attempt = 0;
    },
    clear() {
      for (const clientId of [...underWay.keys()]) ended(clientId);
      for (const timer of rests.values()) clock.clearTimeout(timer);
      rests.clear();
    },
  };
}
