/**
 * Rooms whose unread counters could not be computed: asked for over HTTP until an answer counts
 * to the same head as the client does. It must not know how counting works.
 */
import type { MemberRoom } from "../protocol/rooms.ts";
import type { Api } from "./api.ts";
import { retryDelay } from "./backoff.ts";
import type { Clock } from "./environment.ts";

export interface Recount {
  need(room: number): void;
  /** The counters are exact again, or the room is gone. */
  done(room: number): void;
  stop(): void;
}

/** `take` gets each answer, and calls `done` where it settles the matter. */
export function createRecount(
  clock: Clock,
  api: Api,
  take: (room: MemberRoom) => void,
): Recount {
  const timers = new Map<number, unknown>();

  function later(room: number, attempt: number, error?: unknown): void {
    const delay = retryDelay(error, attempt, clock.random());
    timers.set(room, clock.setTimeout(() => void ask(room, attempt), delay));
  }

  async function ask(room: number, attempt: number): Promise<void> {
    const mine = timers.get(room);
    let refusal: unknown;
    const answer = await api<MemberRoom>("GET", `/api/rooms/${room}`)
      .catch((error) => void (refusal = error));
    if (timers.get(room) !== mine) return;
    // A room left meanwhile answers without a membership, or not at all.
    if (answer?.membership !== undefined) take(answer);
    if (timers.get(room) === mine) later(room, attempt + 1, refusal);
  }

  function done(room: number): void {
    clock.clearTimeout(timers.get(room));
    timers.delete(room);
  }

  return {
    need(room) {
      if (!timers.has(room)) later(room, 0);
    },
    done,
    stop() {
      for (const room of [...timers.keys()]) done(room);
    },
  };
}
