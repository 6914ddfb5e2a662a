/** A limit whose rate may change while it runs. It does not know who changes it. */
import type { Limit, LimitKey } from "./limit.ts";

export class ChangingLimit<Key extends LimitKey> implements Limit<Key> {
  readonly #rate: () => number;
  readonly #make: (rate: number) => Limit<Key>;
  #made: { rate: number; limit: Limit<Key> };

  /** @param make the limit of a rate; with a new rate everybody begins afresh */
  constructor(rate: () => number, make: (rate: number) => Limit<Key>) {
    this.#rate = rate;
    this.#make = make;
    this.#made = { rate: rate(), limit: make(rate()) };
  }

  wait(key: Key): number {
    return this.#now().wait(key);
  }

  take(key: Key): void {
    this.#now().take(key);
  }

  spend(key: Key): number {
    return this.#now().spend(key);
  }

  giveBack(key: Key): void {
    this.#now().giveBack(key);
  }

  renew(key: Key): void {
    this.#now().renew(key);
  }

  #now(): Limit<Key> {
    const rate = this.#rate();
    if (rate !== this.#made.rate) this.#made = { rate, limit: this.#make(rate) };
    return this.#made.limit;
  }
}
