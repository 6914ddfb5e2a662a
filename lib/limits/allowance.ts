/**
 * A limit kept in this process: a token bucket per key, by a monotonic clock. It does not know what
 * is counted, nor other nodes.
 *
 * Strangers choose some of the keys, so only the latest are kept. Written here although libraries
 * exist: it runs for every message, synchronously (a promise before the store could swap two sends
 * of one client) and on an injected clock.
 */
import type { Ticks } from "../protocol/time.ts";
import type { Limit, LimitKey, MakeLimit } from "./limit.ts";
import { RecentMap } from "./recent_map.ts";

/** A forgotten key starts afresh: to make one forgotten, this many others must be tried. */
const KEYS = 50_000;
/** How often keys that have their full allowance again are looked for, ms; or as long as that takes. */
const LOOK_EVERY = 60_000;

export interface AllowanceOptions {
  /** How many at once. */
  burst: number;
  /** How long until one is added back, ms. */
  every: number;
  ticks(): Ticks;
}

interface Count {
  /** Below 0 where other nodes' spending was heard of late. */
  left: number;
  /** The time at which `left` was computed. */
  at: Ticks;
  /** It is in the map: changed where it is, since this is done for every message. */
  kept: boolean;
}

/** Makes limits that this process alone knows. */
export function limitsOfOneNode(ticks: () => Ticks): MakeLimit {
  return (_name, { burst, every }) => new Allowance({ burst, every, ticks });
}

export class Allowance<Key extends LimitKey = string> implements Limit<Key> {
  readonly #counts = new RecentMap<Key, Count>(KEYS);
  readonly #options: AllowanceOptions;
  readonly #fullAfter: number;
  #lookedAt: Ticks;

  constructor(options: AllowanceOptions) {
    this.#options = options;
    this.#fullAfter = options.burst * options.every;
    this.#lookedAt = options.ticks();
  }

  wait(key: Key): number {
    return this.#waitFor(this.#count(key).left);
  }

  take(key: Key, amount = 1): void {
    this.#change(key, this.#count(key), -amount);
  }

  spend(key: Key): number {
    const count = this.#count(key);
    if (count.left < 1) return this.#waitFor(count.left);
    this.#change(key, count, -1);
    return 0;
  }

  giveBack(key: Key, amount = 1): void {
    this.#change(key, this.#count(key), amount);
  }

  renew(key: Key): void {
    this.#counts.delete(key);
  }

  /** How many keys are kept. */
  get size(): number {
    return this.#counts.size;
  }

  #waitFor(left: number): number {
    return left >= 1 ? 0 : Math.ceil((1 - left) * this.#options.every);
  }

  /**
   * A key with its full allowance is not kept: otherwise keys that cost a stranger nothing would
   * push out others.
   */
  #change(key: Key, count: Count, by: number): void {
    const { at } = count;
    count.left += by;
    if (count.left >= this.#options.burst) this.#counts.delete(key);
    else if (!count.kept) this.#counts.set(key, { ...count, kept: true });
    if (Math.abs(at - this.#lookedAt) > Math.max(LOOK_EVERY, this.#fullAfter)) this.#forgetFull(at);
  }

  /** As of now. */
  #count(key: Key): Count {
    const { burst, every, ticks } = this.#options;
    const at = ticks();
    const count = this.#counts.get(key);
    if (count === undefined) return { left: burst, at, kept: false };
    // Whatever clock is passed in: one that goes back must not take anything away.
    const gained = Math.max(0, at - count.at) / every;
    count.left = Math.min(burst, count.left + gained);
    count.at = at;
    return count;
  }

  #forgetFull(at: Ticks): void {
    const { burst, every } = this.#options;
    this.#lookedAt = at;
    this.#counts.deleteWhere((count) => count.left + (at - count.at) / every >= burst);
  }
}
