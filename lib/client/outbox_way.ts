/**
 * What is on its way to the server: which messages wait for an answer, and which rooms pause after
 * a temporary refusal. It must not know what the messages say.
 */
import type { ErrorCode } from "../protocol/codes.ts";
import { backoffDelay, FIRST_RETRY } from "./backoff.ts";
import type { Clock } from "./environment.ts";
import { ANSWER_WITHIN } from "./requests.ts";

/** Messages on their way at once, over all rooms. */
const WINDOW = 32;

/** These refusals are temporary; all others are final. */
const PASSING: readonly ErrorCode[] = [
  "rate_limited",
  "unavailable",
  "internal",
  "unauthenticated",
];

export function mayPass(code: ErrorCode): boolean {
  return PASSING.includes(code);
}

export class Way {
  readonly #clock: Clock;
  readonly #freed: () => void;
  /** clientId → the timer for its answer. */
  readonly #underWay = new Map<string, unknown>();
  /** room → the timer that ends its pause. */
  readonly #rests = new Map<number, unknown>();
  #attempt = 0;

  /** @param freed called when a wait for an answer, or a pause, is over */
  constructor(clock: Clock, freed: () => void) {
    this.#clock = clock;
    this.#freed = freed;
  }

  /** No more may be sent now. */
  full(): boolean {
    return this.#underWay.size >= WINDOW;
  }

  has(clientId: string): boolean {
    return this.#underWay.has(clientId);
  }

  began(clientId: string): void {
    this.#wait(this.#underWay, clientId, ANSWER_WITHIN);
  }

  ended(clientId: string): void {
    this.#clock.clearTimeout(this.#underWay.get(clientId));
    this.#underWay.delete(clientId);
  }

  rests(room: number): boolean {
    return this.#rests.has(room);
  }

  /** @param retryAfter milliseconds the server asked for */
  rest(room: number, retryAfter = 0): void {
    this.#clock.clearTimeout(this.#rests.get(room));
    const delay = FIRST_RETRY + backoffDelay(this.#attempt++, this.#clock.random());
    this.#wait(this.#rests, room, Math.max(retryAfter, delay));
  }

  /** An answer came, or the connection is new: the next pause is short again. */
  calm(): void {
    this.#attempt = 0;
  }

  /** The connection is gone, and every answer with it. */
  clear(): void {
    for (const timers of [this.#underWay, this.#rests]) {
      for (const timer of timers.values()) this.#clock.clearTimeout(timer);
      timers.clear();
    }
  }

  #wait<K>(timers: Map<K, unknown>, key: K, delay: number): void {
    const over = () => {
      timers.delete(key);
      this.#freed();
    };
    timers.set(key, this.#clock.setTimeout(over, delay));
  }
}
