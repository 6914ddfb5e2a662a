/**
 * Keeps a peer that sends an endless message from using up the memory. The runtime keeps every byte
 * of an unfinished message and tells nobody; so when the process grows, every connection is asked
 * for a sign of life, which only a whole message can give, and those that give none are cut off.
 * Before that, unfinished request bodies are ended, so that no socket is blamed for what they held.
 *
 * Silence alone is not an offence: a sleeping phone is silent too, and is cut off like the others,
 * since it reconnects by itself. Only if closing a connection frees memory is its session revoked.
 * It knows no sockets, nor how memory is measured.
 */
import type { Logger } from "../../program/log.ts";
import type { Caller } from "../../auth/caller.ts";
import type { Connections, Suspect } from "./connections.ts";
import type { Ticks } from "../../protocol/time.ts";
import type { EventLoop } from "../../event_loop.ts";

/** How often memory is checked, ms: between two checks a peer on the same machine sends 150 MB. */
export const LOOK_MS = 100;
/** How long everyone has to answer, ms; less if memory keeps climbing. */
export const ANSWER_MS = 5_000;
/** The fewest checks before time is up. */
const LEAST_LOOKS = 2;
/** How long ending unfinished bodies may take to show in memory, before sockets are asked, ms. */
const BODIES_MS = 1_000;
/** How long the runtime takes to free what a connection held, ms. */
const SETTLE_MS = 10;
/** At most this many closings are measured separately: a second at most. */
const STEPS = 100;
/** No honest connection holds this many bytes: frames end at 64 KiB, a backlog at 1 MiB. */
const PROOF = 8 << 20;

export interface Memory {
  /** Bytes of the process in memory. */
  rss: number;
  /** Without JavaScript's heap, which shrinks at times of its own: what sockets hold is here. */
  outsideHeap: number;
}

export interface MemoryGuardOptions {
  /** Bytes; read once, at the first check. At three quarters of it everyone is asked. */
  limit(): number;
  memory(): Memory;
  hub: Pick<Connections, "challenge" | "suspects">;
  /** Ends unfinished request bodies; returns how many. */
  endBodies(): number;
  /** Whether cutting off a connection frees its memory (see `sever.ts`). */
  canCut: boolean;
  /** Ends the session of a guilty connection. Must not throw. */
  revoke(caller: Caller): void;
  /** The last resort, if memory stays above the limit and a restart would free it. */
  restart(): void;
  loop: Pick<EventLoop, "now" | "after" | "every">;
  log: Logger;
}

/** Watches until the returned function is called. */
export function guardMemory(options: MemoryGuardOptions): () => void {
  const guard = new MemoryGuard(options);
  return options.loop.every(LOOK_MS, () => guard.look());
}

class MemoryGuard {
  /** Set at the first check. */
  #limit = 0;
  #lowest = 0;
  #level = 0;
  /** Set while everyone is being asked: since when, and at how much memory time is up. */
  #asking: { since: number; ceiling: number; looks: number } | null = null;
  #judging = false;
  /** When bodies were last ended; null once memory has fallen again. */
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
    // A flood keeps the event loop busy: waiting answers must be handled before time is up.
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

  /** Does not repeat for the same memory: only once it has grown by an eighth of the limit. */
  #settle(rss: number): void {
    this.#relievedAt = null;
    this.#level = Math.max(this.#lowest, Math.min(this.#level, rss + this.#limit / 8));
  }

  /** First what costs nobody a connection; the sockets only if that does not help in time. */
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
   * Step by step, as long as needed, checking again each time: an answer may arrive until the last
   * moment.
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

  /** Memory is still above its limit: only a restart is left, if that helps. */
  #startAnew({ rss, outsideHeap }: Memory, count: number, freed: number): void {
    const { canCut, log, restart } = this.options;
    // A restart frees the heap, and what sockets hold that could not be cut off. If what is outside
    // the heap is too much by itself, everybody would be cut off in vain.
    const heapHelps = rss - outsideHeap > this.#limit / 2 && outsideHeap < this.#limit;
    const helps = heapHelps || freed >= PROOF || (!canCut && count > 0);
    if (helps) return restart();
    log.error(
      "memory is above its limit, and no socket holds it; idle connections may: a proxy in front " +
        "can end them, or CONFAB_MEMORY_LIMIT be higher",
      { ...megabytes(rss) },
    );
  }

  /**
   * If several are cut at once, it only shows that one of them is guilty: if it comes back, it is
   * judged alone.
   */
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
