/**
 * How many do something at a time. Whoever comes when all places are taken waits, first come first
 * served. It does not know what is done.
 */
export class Places {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(count: number) {
    this.#free = count;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Takes a place, at once (null) or when it is theirs. Every place that was taken is given back. */
  take(): Promise<void> | null {
    if (this.#free === 0) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#free -= 1;
    return null;
  }

  /** Handed over rather than freed: who comes now does not overtake those who wait. */
  giveBack(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}
