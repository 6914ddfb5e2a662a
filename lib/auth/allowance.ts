/**
 * A token bucket per key: a number at once, then one per interval, by a monotonic clock. Strangers
 * choose the keys, so only the latest are kept. It does not know what is counted.
 */
import type { Ticks } from "../protocol/time.ts";
import { RecentMap } from "./recent_map.ts";

/** A forgotten key starts afresh: to make one forgotten, this many others must be tried. */
const KEYS = 50_000;

export interface AllowanceOptions {
  /** How many at once. */
  burst: number;
  /** How long until one is added back, ms. */
  every: number;
  ticks(): Ticks;
}

interface Count {
  left: number;
  /** The time at which `left` was computed. */
  at: number;
}

export class Allowance {
  readonly #counts = new RecentMap<string, Count>(KEYS);

  constructor(private readonly options: AllowanceOptions) {}

  /** How long until one is available, ms; 0: now. Takes none. */
  wait(key: string): number {
    const { left } = this.#count(key);
    return left >= 1 ? 0 : Math.ceil((1 - left) * this.options.every);
  }

  /** Takes one, whether or not there is one: call `wait` first. */
  take(key: string): void {
    const count = this.#count(key);
    this.#counts.set(key, { ...count, left: count.left - 1 });
  }

  /**
   * Returns one that was not needed. A key with its full allowance is not kept: otherwise keys that
   * cost a stranger nothing would push out others.
   */
  giveBack(key: string): void {
    const count = this.#count(key);
    const left = count.left + 1;
    if (left >= this.options.burst) this.#counts.delete(key);
    else this.#counts.set(key, { ...count, left });
  }

  /** Restores the full allowance. */
  renew(key: string): void {
    this.#counts.delete(key);
  }

  #count(key: string): Count {
    const { burst, every, ticks } = this.options;
    const at = ticks();
    const before = this.#counts.get(key);
    if (before === undefined) return { left: burst, at };
    return { left: Math.min(burst, before.left + (at - before.at) / every), at };
  }
}
