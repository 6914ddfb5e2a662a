/** Does something for many, a few at a time, the longest waiting first; each of them once. */
export class FewAtATime<Item> {
  readonly #most: number;
  readonly #run: (item: Item) => Promise<void>;
  readonly #waiting = new Set<Item>();
  readonly #running = new Set<Item>();

  /** @param run must not reject */
  constructor(most: number, run: (item: Item) => Promise<void>) {
    this.#most = most;
    this.#run = run;
  }

  /** Whether it is being done, or waits for it. */
  has(item: Item): boolean {
    return this.#running.has(item) || this.#waiting.has(item);
  }

  /** Does nothing if it is being done already. */
  add(item: Item): void {
    if (this.#running.has(item)) return;
    this.#waiting.add(item);
    this.#next();
  }

  /** It is no longer wanted; what has begun goes on. */
  remove(item: Item): void {
    this.#waiting.delete(item);
  }

  #next(): void {
    for (const item of this.#waiting) {
      if (this.#running.size >= this.#most) return;
      this.#waiting.delete(item);
      this.#running.add(item);
      void this.#run(item).finally(() => {
        this.#running.delete(item);
        this.#next();
      });
    }
  }
}
