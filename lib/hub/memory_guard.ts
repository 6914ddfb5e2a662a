/**
 * Keeps a peer who sends a message without end from eating the memory. The runtime keeps every
 * byte of an unfinished message and tells nobody; so when the process grows, everyone is asked for
 * a sign of life that only a whole message can be, and whoever gives none is cut off.
 *
 * Silence alone is no crime: a sleeping phone is silent too, and is cut off like the others, since
 * it comes back by itself. Guilty is whose end gives memory back: its session is revoked. It knows
 * no sockets, and how memory is measured is not its affair.
 */
import type { Logger } from "../log.ts";
import type { Identity } from "./connection.ts";
import type { Hub, Suspect } from "./hub.ts";
import type { EventLoop } from "./loop.ts";

/** How often memory is looked at, ms: between two looks a fast peer sends some 100 MB. */
export const LOOK_MS = 200;
/** How long everyone has to answer, ms; less where memory goes on climbing. */
export const ANSWER_MS = 5_000;
/** Looks before time can be up. */
const LEAST_LOOKS = 2;
/** Until the runtime has let go of what a connection held, ms. */
const SETTLE_MS = 10;
/** At most so many ends are told apart: a second at most. */
const STEPS = 100;
/** No honest connection holds so many bytes: frames end at 64 KiB, a backlog at 1 MiB. */
const PROOF = 8 << 20;

export interface Memory {
  /** Bytes of the process that are in memory. */
  rss: number;
  /** Without JavaScript's own heap, which shrinks when it likes: what sockets hold is here. */
  outsideHeap: number;
}

export interface MemoryGuardOptions {
  /** Bytes; asked for once, at the first look. At three quarters of it everyone is asked. */
  limit(): number;
  memory(): Memory;
  hub: Pick<Hub, "challenge" | "suspects">;
  /** Ends the session behind a guilty connection. Must not throw. */
  revoke(identity: Identity): void;
  /** The last measure, when all silent ones are gone and memory still is above the limit. */
  restart(): void;
  loop: Pick<EventLoop, "now" | "after" | "every">;
  log: Logger;
}

/** Watches until the function that it gives is called. */
export function guardMemory(options: MemoryGuardOptions): () => void {
  const { hub, loop, log } = options;
  /** Set at the first look. */
  let [limit, lowest, level] = [0, 0, 0];
  /** Everyone is being asked: since when, and at how much memory the time is up. */
  let asking: { since: number; ceiling: number; looks: number } | null = null;
  let judging = false;

  function look() {
    if (judging) return;
    if (limit === 0) setLimit();
    const { rss } = options.memory();
    if (asking === null) return rss >= level ? ask(rss) : settle(rss);
    // A flood keeps the event loop busy: answers that wait must be heard before time is up.
    if (++asking.looks < LEAST_LOOKS) return;
    if (rss < asking.ceiling && loop.now() - asking.since < ANSWER_MS) return;
    asking = null;
    judging = true;
    void judge().catch((error) => log.error("memory could not be guarded", { error }))
      .finally(() => judging = false);
  }

  function setLimit() {
    limit = options.limit();
    level = lowest = 0.75 * limit;
  }

  /** Not again and again for the same memory: only when it has grown by an eighth of the limit. */
  function settle(rss: number) {
    level = Math.max(lowest, Math.min(level, rss + limit / 8));
  }

  function ask(rss: number) {
    log.warn("memory climbs; every connection is asked for a sign of life", megabytes(rss));
    asking = { since: loop.now(), ceiling: rss + limit / 4, looks: 0 };
    hub.challenge();
  }

  /**
   * Step by step, for as long as there is need, and each time anew: an answer may come until the
   * last moment.
   */
  async function judge(): Promise<void> {
    let count = 0;
    for (let steps = STEPS; steps > 0; steps--) {
      const suspects = hub.suspects();
      if (suspects.length === 0 || options.memory().rss < lowest) break;
      const group = suspects.slice(0, Math.ceil(suspects.length / steps));
      count += group.length;
      await end(group);
    }
    const { rss } = options.memory();
    log.warn("silent connections were cut off", { count, ...megabytes(rss) });
    level = Math.max(lowest, rss + limit / 8);
    if (rss >= limit) options.restart();
  }

  /** Of several at once it shows only that one is guilty: should it come back, it comes alone. */
  async function end(group: Suspect[]): Promise<void> {
    const before = options.memory().outsideHeap;
    for (const suspect of group) suspect.cut();
    await new Promise<void>((done) => loop.after(SETTLE_MS, done));
    const freed = before - options.memory().outsideHeap;
    const [suspect] = group;
    if (group.length > 1 || suspect === undefined || freed < PROOF) return;
    const { identity, address } = suspect;
    const whose = identity && { user: identity.user.id, session: identity.sessionId };
    log.warn("a connection sent a message without end", { ...whose, address, ...megabytes(freed) });
    if (identity !== null) options.revoke(identity);
  }

  return loop.every(LOOK_MS, look);
}

function megabytes(bytes: number): { megabytes: number } {
  return { megabytes: Math.round(bytes / 2 ** 20) };
}
