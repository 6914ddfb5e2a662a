/**
 * So many at once, then one in a while: counted for each key, by a clock that nobody sets. Keys
 * come from strangers, so that only the latest are kept. It knows nothing of what is counted.
 */
import type { Ticks } from "../protocol/time.ts";
import { RecentMap } from "./recent_map.ts";

/** A key that was forgotten begins anew: to make one forgotten, so many others must be tried. */
const KEYS = 50_000;

export interface AllowanceOptions {
  /** How many at once. */
  burst: number;
  /** How long one takes to come back, ms. */
  every: number;
  ticks(): Ticks;
}

interface Count {
  left: number;
  /** For when `left` is right. */
  at: number;
}

export class Allowance {
  readonly #counts = new RecentMap<string, Count>(KEYS);

  constructor(private readonly options: AllowanceOptions) {}

  /** How long until there is one, ms; 0: now. Takes none. */
  wait(key: string): number {
    const { left } = this.#count(key);
    return left >= 1 ? 0 : Math.ceil((1 - left) * this.options.every);
  }

  /** Takes one, whether or not there is one: ask `wait` before. */
  take(key: string): void {
    const count = this.#count(key);
    this.#counts.set(key, { ...count, left: count.left - 1 });
  }

  /**
   * Gives one back that was taken for nothing. Whose are all there need not be remembered: keys
   * that cost a stranger nothing would make others forgotten.
   */
  giveBack(key: string): void {
    const count = this.#count(key);
    const left = count.left + 1;
    if (left >= this.options.burst) this.#counts.delete(key);
    else this.#counts.set(key, { ...count, left });
  }

  /** All of them are there again. */
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
