/**
 * Keeps a peer who sends a message without end from eating the memory. The runtime keeps every
 * byte of an unfinished message and tells nobody; so when the process grows, everyone is asked for
 * a sign of life that only a whole message can be, and whoever gives none is cut off. Before that
 * the unfinished bodies of requests are ended, so that no socket answers for what they held.
 *
 * Silence alone is no crime: a sleeping phone is silent too, and is cut off like the others, since
 * it comes back by itself. The session of a connection whose end gives memory back is
 * revoked. It knows no sockets, nor how memory is measured.
 */
import type { Logger } from "../../program/log.ts";
import type { Caller } from "../../auth/caller.ts";
import type { Connections, Suspect } from "./connections.ts";
import type { Ticks } from "../../protocol/time.ts";
import type { EventLoop } from "../../event_loop.ts";

/** How often memory is looked at, ms: between two looks a peer on the same machine sends 150 MB. */
export const LOOK_MS = 100;
/** How long everyone has to answer, ms; less where memory goes on climbing. */
export const ANSWER_MS = 5_000;
/** Looks before time can be up. */
const LEAST_LOOKS = 2;
/** How long the end of unfinished bodies may take to show, before sockets are asked, ms. */
const BODIES_MS = 1_000;
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
  hub: Pick<Connections, "challenge" | "suspects">;
  /** Ends the bodies of requests that have not come to their end; how many those were. */
  endBodies(): number;
  /** Whether a connection that is cut off lets go of its memory (see `sever.ts`). */
  canCut: boolean;
  /** Ends the session behind a guilty connection. Must not throw. */
  revoke(caller: Caller): void;
  /** The last measure, where memory stays above the limit and a new beginning would free it. */
  restart(): void;
  loop: Pick<EventLoop, "now" | "after" | "every">;
  log: Logger;
}

/** Watches until the function that it gives is called. */
export function guardMemory(options: MemoryGuardOptions): () => void {
  const guard = new MemoryGuard(options);
  return options.loop.every(LOOK_MS, () => guard.look());
}

class MemoryGuard {
  /** Set at the first look. */
  #limit = 0;
  #lowest = 0;
  #level = 0;
  /** Everyone is being asked: since when, and at how much memory the time is up. */
  #asking: { since: number; ceiling: number; looks: number } | null = null;
  #judging = false;
  /** When bodies were last ended, for memory that has not fallen since. */
  #relievedAt: Ticks | null = null;

  constructor(private readonly options: MemoryGuardOptions) {}

  look(): void {
    if (this.#judging) return;
    const { memory, endBodies, loop, log } = this.options;
    if (this.#limit === 0) this.#setLimit();
    const { rss } = memory();
    const asking = this.#asking;
    if (asking === null) return rss >= this.#level ? this.#relieve(rss) : this.#settle(rss);
    endBodies();
    // A flood keeps the event loop busy: answers that wait must be heard before time is up.
    if (++asking.looks < LEAST_LOOKS) return;
    if (rss < asking.ceiling && loop.now() - asking.since < ANSWER_MS) return;
    this.#asking = null;
    this.#judging = true;
    void this.#judge().catch((error) => log.error("memory could not be guarded", { error }))
      .finally(() => this.#judging = false);
  }

  #setLimit(): void {
    this.#limit = this.options.limit();
    this.#level = this.#lowest = 0.75 * this.#limit;
  }

  /** Not again and again for the same memory: only when it has grown by an eighth of the limit. */
  #settle(rss: number): void {
    this.#relievedAt = null;
    this.#level = Math.max(this.#lowest, Math.min(this.#level, rss + this.#limit / 8));
  }

  /** First what costs nobody a connection; only where that does not help in time, the sockets. */
  #relieve(rss: number): void {
    const { endBodies, loop, log } = this.options;
    const count = endBodies();
    if (count > 0 && this.#relievedAt === null) {
      this.#relievedAt = loop.now();
      log.warn("memory climbs; unfinished requests were ended", { count, ...megabytes(rss) });
    }
    const waits = this.#relievedAt !== null && loop.now() - this.#relievedAt < BODIES_MS;
    if (waits && rss < this.#limit) return;
    this.#relievedAt = null;
    this.#ask(rss);
  }

  #ask(rss: number): void {
    const { hub, loop, log } = this.options;
    log.warn("memory climbs; every connection is asked for a sign of life", megabytes(rss));
    this.#asking = { since: loop.now(), ceiling: rss + this.#limit / 4, looks: 0 };
    hub.challenge();
  }

  /**
   * Step by step, for as long as there is need, and each time anew: an answer may come until the
   * last moment.
   */
  async #judge(): Promise<void> {
    const { hub, log, memory, endBodies } = this.options;
    let [count, freed] = [0, 0];
    if (endBodies() > 0) await this.#pause();
    for (let steps = STEPS; steps > 0; steps--) {
      const suspects = hub.suspects();
      if (suspects.length === 0 || memory().rss < this.#lowest) break;
      const group = suspects.slice(0, Math.ceil(suspects.length / steps));
      count += group.length;
      freed += await this.#end(group);
    }
    const left = memory();
    log.warn("silent connections were cut off", { count, ...megabytes(left.rss) });
    this.#level = Math.max(this.#lowest, left.rss + this.#limit / 8);
    if (left.rss >= this.#limit) this.#startAnew(left, count, freed);
  }

  /** Memory is still above its limit: only a new beginning is left, where that helps. */
  #startAnew({ rss, outsideHeap }: Memory, count: number, freed: number): void {
    const { canCut, log, restart } = this.options;
    // A new beginning gives back the heap, and what sockets hold that could not be cut off.
    // Where what is outside of the heap is too much by itself, everybody would be cut off in vain.
    const heapHelps = rss - outsideHeap > this.#limit / 2 && outsideHeap < this.#limit;
    const helps = heapHelps || freed >= PROOF || (!canCut && count > 0);
    if (helps) return restart();
    log.error(
      "memory is above its limit, and no socket holds it; idle connections may: a proxy in front " +
        "can end them, or CONFAB_MEMORY_LIMIT be higher",
      { ...megabytes(rss) },
    );
  }

  /** Of several at once it shows only that one is guilty: should it come back, it comes alone. */
  async #end(group: Suspect[]): Promise<number> {
    const { log, memory, revoke } = this.options;
    const before = memory().outsideHeap;
    for (const suspect of group) suspect.cut();
    await this.#pause();
    const freed = before - memory().outsideHeap;
    const [suspect] = group;
    if (group.length > 1 || suspect === undefined || freed < PROOF) return freed;
    const { caller, address } = suspect;
    const whose = caller && { user: caller.user.id, session: caller.sessionId };
    log.warn("a connection sent a message without end", { ...whose, address, ...megabytes(freed) });
    if (caller !== null) revoke(caller);
    return freed;
  }

  #pause(): Promise<void> {
    return new Promise((done) => this.options.loop.after(SETTLE_MS, done));
  }
}

function megabytes(bytes: number): { megabytes: number } {
  return { megabytes: Math.round(bytes / 2 ** 20) };
}
