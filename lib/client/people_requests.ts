/**
 * Requests people who are read and not known: those of one pass of the event loop in one request,
 * each once at a time, and again after a failure. Only while connected, because only then do
 * changes arrive. It must not know who reads them.
 */
import { PEOPLE_ASKED } from "../protocol/limits.ts";
import type { User, UsersAnswer } from "../protocol/people.ts";
import type { PresenceStatus } from "../protocol/presence.ts";
import type { Api } from "./api.ts";
import { retryDelay } from "./backoff.ts";
import type { Clock } from "./environment.ts";
import { RequestError } from "./request_error.ts";
import type { People } from "./people.ts";

/** Requests on their way at once: scrolling a list must not keep others waiting. */
const AT_ONCE = 2;

export interface PeopleRequestsOptions {
  clock: Clock;
  api: Api;
  people: People;
  /** The presence of the people requested. */
  onPresence(presence: Record<string, PresenceStatus>): void;
}

export class PeopleRequests {
  readonly #options: PeopleRequestsOptions;
  readonly #wanted = new Set<number>();
  readonly #asked = new Set<number>();
  #connected = false;
  /** Counts connections: an answer to a request from an earlier one may be out of date. */
  #connection = 0;
  #underway = 0;
  #attempt = 0;
  #timer: unknown = null;

  constructor(options: PeopleRequestsOptions) {
    this.#options = options;
    options.people.onWanted((id) => {
      if (this.#asked.has(id)) return;
      // People read last are requested first: they are on the screen.
      this.#wanted.delete(id);
      this.#wanted.add(id);
      this.#schedule(0);
    });
  }

  /** Connected, and these people are up to date: others on the screen are requested again. */
  online(told: Iterable<User>): void {
    this.#connected = true;
    this.#connection++;
    this.#attempt = 0;
    this.#asked.clear();
    this.#options.people.outdate(told);
    this.#goOn();
  }

  /** Disconnected: nobody is requested until the next connection. */
  offline(): void {
    this.#connected = false;
    this.#options.clock.clearTimeout(this.#timer);
    this.#timer = null;
  }

  #goOn(): void {
    if (this.#wanted.size > 0) this.#schedule(0);
  }

  #schedule(delay: number): void {
    if (!this.#connected) return;
    this.#timer ??= this.#options.clock.setTimeout(() => this.#flush(), delay);
  }

  #flush(): void {
    this.#timer = null;
    while (this.#underway < AT_ONCE && this.#wanted.size > 0) {
      void this.#ask([...this.#wanted].slice(-PEOPLE_ASKED));
    }
  }

  async #ask(ids: number[]): Promise<void> {
    const { clock, api, people, onPresence } = this.#options;
    this.#underway++;
    for (const id of ids) {
      this.#wanted.delete(id);
      this.#asked.add(id);
    }
    const { moment } = people;
    const connection = this.#connection;
    try {
      const answer = await api<UsersAnswer>("GET", `/api/users?ids=${ids.join(",")}`);
      if (!this.#settle(ids, connection)) return;
      this.#attempt = 0;
      people.learn(answer.users, moment);
      const found = new Set(answer.users.map((user) => user.id));
      people.miss(ids.filter((id) => !found.has(id)));
      onPresence(answer.presence);
      this.#goOn();
    } catch (error) {
      if (!this.#settle(ids, connection)) return;
      if (!isPassing(error)) return people.miss(ids);
      for (const id of ids) this.#wanted.add(id);
      this.#schedule(retryDelay(error, this.#attempt++, clock.random()));
    }
  }

  /** False if an earlier connection requested them: they are requested again. */
  #settle(ids: number[], connection: number): boolean {
    this.#underway--;
    if (connection !== this.#connection) {
      this.#goOn();
      return false;
    }
    for (const id of ids) this.#asked.delete(id);
    return true;
  }
}

/** Whether the same request may succeed later. */
function isPassing(error: unknown): boolean {
  return !(error instanceof RequestError) ||
    ["offline", "unavailable", "rate_limited", "internal"].includes(error.code);
}
