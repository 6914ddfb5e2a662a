/**
 * When somebody who wants a socket is let in: after a restart a thousand ask at once, and the runtime
 * hands over all of them in one pass of its loop. So a few are taken in each, and what the loop has
 * to do besides goes between them: acknowledgements, frames. It knows no socket.
 */
import { ConfabError } from "../errors.ts";
import type { EventLoop } from "../event_loop.ts";

/** Each holds the loop for a tenth of a millisecond: who is it, the upgrade, its first turn. */
const A_PASS = 8;
/** Each holds a request, some 20 kB; more than one server has files for. */
const MOST_WAITING = 16_384;
/** Milliseconds until one who was refused may ask again. */
const RETRY_AFTER = 2_000;

export class SocketTurns {
  #waiting: (() => void)[] = [];
  /** How many of `#waiting` have begun: to shift a long list each time would move all of it. */
  #begun = 0;
  #free: number;
  #passes = false;

  constructor(
    private readonly loop: Pick<EventLoop, "immediate">,
    private readonly limits = { pass: A_PASS, waiting: MOST_WAITING },
  ) {
    this.#free = limits.pass;
  }

  /** A turn, at once (null) or in one of the next passes. Throws `unavailable` if too many wait. */
  take(): Promise<void> | null {
    if (this.#free > 0) {
      this.#use();
      return null;
    }
    if (this.#waiting.length - this.#begun >= this.limits.waiting) throw tooMany();
    return new Promise((begin) => this.#waiting.push(begin));
  }

  #use(): void {
    this.#free -= 1;
    if (this.#passes) return;
    this.#passes = true;
    this.loop.immediate(() => this.#pass());
  }

  #pass(): void {
    this.#passes = false;
    this.#free = this.limits.pass;
    // First come, first served: newcomers find a free turn only where nobody is left.
    while (this.#free > 0 && this.#begun < this.#waiting.length) {
      this.#use();
      this.#waiting[this.#begun++]!();
    }
    // Those who have begun go, too, where there is always somebody who waits.
    if (this.#begun < this.#waiting.length && this.#begun < this.limits.waiting) return;
    this.#waiting = this.#waiting.slice(this.#begun);
    this.#begun = 0;
  }
}

function tooMany(): ConfabError {
  return new ConfabError("unavailable", "Too many connect at once. Try again soon.", {
    retryAfter: RETRY_AFTER,
    busy: true,
  });
}
