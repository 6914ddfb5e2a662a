/**
 * Asks for the people that are read and not known: those of one pass of the event loop with one
 * request, each once at a time, again after a failure. It asks while the connection stands, since
 * only then changes are heard of. It must not know who reads them.
 */
import { PEOPLE_ASKED } from "../protocol/limits.ts";
import type { User, UsersAnswer } from "../protocol/people.ts";
import type { PresenceStatus } from "../protocol/presence.ts";
import type { Api } from "./api.ts";
import { retryDelay } from "./backoff.ts";
import type { Clock } from "./environment.ts";
import { RequestError } from "./request_error.ts";
import type { People } from "./people.ts";

/** Requests on their way at once: a list that is scrolled must not keep others waiting. */
const AT_ONCE = 2;

export interface PeopleRequests {
  /** Connected, and told of these: others who are looked at are asked for anew. */
  online(told: Iterable<User>): void;
  /** Not any more: nobody is asked for until then. */
  offline(): void;
}

export interface PeopleRequestsOptions {
  clock: Clock;
  api: Api;
  people: People;
  /** Who of those who were asked for is here. */
  onPresence(presence: Record<string, PresenceStatus>): void;
}

export function createPeopleRequests(options: PeopleRequestsOptions): PeopleRequests {
  const { clock, api, people } = options;
  const wanted = new Set<number>();
  const asked = new Set<number>();
  let connected = false;
  /** Counts the connections: an answer to a question of an earlier one may be out of date. */
  let connection = 0;
  let underway = 0;
  let attempt = 0;
  let timer: unknown = null;

  people.onWanted((id) => {
    if (asked.has(id)) return;
    // The last that were read are asked for first: they are on the screen.
    wanted.delete(id);
    wanted.add(id);
    schedule(0);
  });

  function schedule(delay: number): void {
    if (connected && timer === null) timer = clock.setTimeout(flush, delay);
  }

  function flush(): void {
    timer = null;
    while (underway < AT_ONCE && wanted.size > 0) void ask([...wanted].slice(-PEOPLE_ASKED));
  }

  async function ask(ids: number[]): Promise<void> {
    underway++;
    for (const id of ids) {
      wanted.delete(id);
      asked.add(id);
    }
    const moment = people.moment;
    const mine = connection;
    try {
      const answer = await api<UsersAnswer>("GET", `/api/users?ids=${ids.join(",")}`);
      if (!settle(ids, mine)) return;
      attempt = 0;
      people.learn(answer.users, moment);
      const found = new Set(answer.users.map((user) => user.id));
      people.miss(ids.filter((id) => !found.has(id)));
      options.onPresence(answer.presence);
      if (wanted.size > 0) schedule(0);
    } catch (error) {
      if (!settle(ids, mine)) return;
      if (!isPassing(error)) return people.miss(ids);
      for (const id of ids) wanted.add(id);
      schedule(retryDelay(error, attempt++, clock.random()));
    }
  }

  /** False where they were asked for by an earlier connection: they are asked for anew. */
  function settle(ids: number[], mine: number): boolean {
    underway--;
    if (mine !== connection) {
      if (wanted.size > 0) schedule(0);
      return false;
    }
    for (const id of ids) asked.delete(id);
    return true;
  }

  return {
    online(told) {
      connected = true;
      connection++;
      attempt = 0;
      asked.clear();
      people.outdate(told);
      if (wanted.size > 0) schedule(0);
    },
    offline() {
      connected = false;
      clock.clearTimeout(timer);
      timer = null;
    },
  };
}

/** Whether the same question may be answered later. */
function isPassing(error: unknown): boolean {
  return !(error instanceof RequestError) ||
    ["offline", "unavailable", "rate_limited", "internal"].includes(error.code);
}
