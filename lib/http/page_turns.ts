/**
 * In whose turn a chat page is made: rendering one holds the event loop, and after a restart hundreds
 * are asked for at once. So few are made at a time, and what the loop has to do goes between them:
 * acknowledgements, frames, whatever is short. It knows no page.
 */
import { ConfabError } from "../errors.ts";
import type { EventLoop } from "../event_loop.ts";
import type { Ticks } from "../protocol/time.ts";

/** One is rendered while the next is read. */
const AT_ONCE = 2;
/** Each holds a request, some 20 kB; beyond that, one is told to come again. */
const MOST_WAITING = 2_048;
/** Milliseconds until it may. */
const RETRY_AFTER = 2_000;
/** How long a page keeps others waiting, ms: longer, and it waits itself, as for a database that is away. */
const TURN_MS = 2_000;
/** How long one waits, ms, until the server is too slow for all who ask. */
const WAIT_MS = 10_000;
const LOOK_MS = 1_000;

interface Turn {
  since: Ticks;
}

interface Waiting {
  since: Ticks;
  signal: AbortSignal;
  /** Null: its reader has gone. */
  begin(turn: Turn | null): void;
  refuse(error: ConfabError): void;
}

export class PageTurns {
  /** By person; a Map keeps the order, and who had a turn goes to its end. */
  readonly #waiting = new Map<number, Waiting[]>();
  #waitingCount = 0;
  readonly #running = new Set<Turn>();
  #stopLooking: (() => void) | null = null;

  constructor(
    private readonly loop: Pick<EventLoop, "every" | "immediate" | "now">,
    private readonly limits = { running: AT_ONCE, waiting: MOST_WAITING },
  ) {}

  /**
   * Makes this person's page when it is its turn; null if its reader has gone by then. `unavailable`
   * if too many wait, of the one who waits for most, or all too long.
   * @param signal is aborted when the reader goes; asked for only where somebody has to wait
   */
  async run<Page>(
    person: number,
    signal: () => AbortSignal,
    make: (hasWaited: boolean) => Promise<Page>,
  ): Promise<Page | null> {
    const isFull = this.#running.size >= this.limits.running;
    const turn = isFull ? await this.#wait(person, signal()) : this.#begin();
    if (turn === null) return null;
    try {
      return await make(isFull);
    } finally {
      // Not at once: first the loop does what came meanwhile.
      this.loop.immediate(() => this.#end(turn));
    }
  }

  #begin(): Turn {
    const turn = { since: this.loop.now() };
    this.#running.add(turn);
    return turn;
  }

  #wait(person: number, signal: AbortSignal): Promise<Turn | null> {
    const own = this.#waiting.get(person) ?? [];
    if (this.#waitingCount >= this.limits.waiting) this.#makeRoom(own.length);
    this.#waiting.set(person, own);
    this.#waitingCount++;
    this.#stopLooking ??= this.loop.every(LOOK_MS, () => this.#look());
    const since = this.loop.now();
    return new Promise((begin, refuse) => own.push({ since, signal, begin, refuse }));
  }

  #makeRoom(ownLength: number): void {
    const longest = [...this.#waiting.values()].reduce((a, b) => b.length > a.length ? b : a);
    if (longest.length <= ownLength + 1) throw tooMany();
    this.#waitingCount--;
    longest.pop()!.refuse(tooMany()); // it has more than one
  }

  #end(turn: Turn): void {
    if (!this.#running.delete(turn)) return; // it had lasted too long
    // The place is handed over, not freed: a newcomer cannot slip in first.
    for (let next; (next = this.#next()) !== null;) {
      if (!next.signal.aborted) return next.begin(this.#begin());
      next.begin(null);
    }
    this.#stopLooking?.();
    this.#stopLooking = null;
  }

  #look(): void {
    const now = this.loop.now();
    for (const [person, own] of this.#waiting) {
      const staying = own.filter(({ since }) => now - since < WAIT_MS);
      for (const { since, refuse } of own) if (now - since >= WAIT_MS) refuse(tooMany());
      this.#waitingCount -= own.length - staying.length;
      if (staying.length > 0) this.#waiting.set(person, staying);
      else this.#waiting.delete(person);
    }
    for (const turn of this.#running) if (now - turn.since >= TURN_MS) this.#end(turn);
  }

  #next(): Waiting | null {
    for (const [person, own] of this.#waiting) {
      this.#waiting.delete(person);
      const next = own.shift()!; // an empty one is not kept
      if (own.length > 0) this.#waiting.set(person, own);
      this.#waitingCount--;
      return next;
    }
    return null;
  }
}

function tooMany(): ConfabError {
  return new ConfabError("unavailable", "Too many pages are asked for at once. Try again soon.", {
    retryAfter: RETRY_AFTER,
    busy: true,
  });
}
