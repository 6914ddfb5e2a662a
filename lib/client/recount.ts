/**
 * Rooms whose unread counters could not be computed: requested over HTTP until an answer has the
 * same head as the client. It must not know how counting works.
 */
import type { MemberRoom } from "../protocol/rooms.ts";
import type { Api } from "./api.ts";
import { retryDelay } from "./backoff.ts";
import type { Clock } from "./environment.ts";

export class Recount {
  readonly #clock: Clock;
  readonly #api: Api;
  readonly #take: (room: MemberRoom) => void;
  readonly #timers = new Map<number, unknown>();

  /** @param take gets each answer, and calls `done` where it settles the matter */
  constructor(clock: Clock, api: Api, take: (room: MemberRoom) => void) {
    this.#clock = clock;
    this.#api = api;
    this.#take = take;
  }

  need(room: number): void {
    if (!this.#timers.has(room)) this.#later(room, 0);
  }

  /** Called when the counters are exact again, or the room is gone. */
  done(room: number): void {
    this.#clock.clearTimeout(this.#timers.get(room));
    this.#timers.delete(room);
  }

  stop(): void {
    for (const room of [...this.#timers.keys()]) this.done(room);
  }

  #later(room: number, attempt: number, error?: unknown): void {
    const delay = retryDelay(error, attempt, this.#clock.random());
    const timer = this.#clock.setTimeout(() => void this.#ask(room, attempt), delay);
    this.#timers.set(room, timer);
  }

  async #ask(room: number, attempt: number): Promise<void> {
    const mine = this.#timers.get(room);
    let refusal: unknown;
    const answer = await this.#api<MemberRoom>("GET", `/api/rooms/${room}`)
      .catch((error) => void (refusal = error));
    if (this.#timers.get(room) !== mine) return;
    // A room left meanwhile answers without a membership, or not at all.
    if (answer?.membership !== undefined) this.#take(answer);
    if (this.#timers.get(room) === mine) this.#later(room, attempt + 1, refusal);
  }
}
