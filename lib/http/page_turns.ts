/**
 * In whose turn a chat page is made: rendering one holds the event loop, and after a restart hundreds
 * are asked for at once. So few are made at a time, and what the loop has to do goes between them:
 * acknowledgements, frames, whatever is short. It knows no page.
 */
import { ConfabError } from "../errors.ts";
import type { EventLoop } from "../event_loop.ts";

/** One is rendered while the next is read. */
const AT_ONCE = 2;
/** Each holds a request, some 20 kB; beyond that, one is told to come again. */
const MOST_WAITING = 2_048;
/** Milliseconds. */
const RETRY_AFTER = 2_000;

interface Waiting {
  signal: AbortSignal;
  begin(turn: "now" | "gone"): void;
  refuse(error: ConfabError): void;
}

export class PageTurns {
  /** By person; a Map keeps the order, and who had a turn goes to its end. */
  readonly #waiting = new Map<number, Waiting[]>();
  #waitingCount = 0;
  #running = 0;

  constructor(
    private readonly loop: Pick<EventLoop, "immediate">,
    private readonly limits = { running: AT_ONCE, waiting: MOST_WAITING },
  ) {}

  /**
   * Makes this person's page when it is its turn; null if its reader has gone by then. `unavailable`
   * if too many wait: of the one who waits for most.
   * @param signal is aborted when the reader goes; asked for only where somebody has to wait
   */
  async run<Page>(
    person: number,
    signal: () => AbortSignal,
    make: () => Promise<Page>,
  ): Promise<Page | null> {
    if (this.#running < this.limits.running) this.#running++;
    else if (await this.#wait(person, signal()) === "gone") return null;
    try {
      return await make();
    } finally {
      // Not at once: first the loop does what came meanwhile.
      this.loop.immediate(() => this.#pass());
    }
  }

  #wait(person: number, signal: AbortSignal): Promise<"now" | "gone"> {
    const own = this.#waiting.get(person) ?? [];
    if (this.#waitingCount >= this.limits.waiting) this.#makeRoom(own.length);
    this.#waiting.set(person, own);
    this.#waitingCount++;
    return new Promise((begin, refuse) => own.push({ signal, begin, refuse }));
  }

  #makeRoom(ownLength: number): void {
    const longest = [...this.#waiting.values()].reduce((a, b) => b.length > a.length ? b : a);
    if (longest.length <= ownLength + 1) throw tooMany();
    this.#waitingCount--;
    longest.pop()!.refuse(tooMany()); // it has more than one
  }

  /** The place is handed over, not freed: a newcomer cannot slip in first. */
  #pass(): void {
    for (let next; (next = this.#next()) !== null;) {
      if (!next.signal.aborted) return next.begin("now");
      next.begin("gone");
    }
    this.#running--;
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
