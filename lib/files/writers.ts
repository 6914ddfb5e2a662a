/**
 * Who works on which upload in this process: one at a time, and a later one ends the earlier. It
 * knows no bytes.
 */

interface Work {
  end(): void;
  done: Promise<void>;
}

export class Writers {
  readonly #works = new Map<string, Work>();

  /**
   * Runs `work` once nobody else works on the key, after telling whoever does to come to an end.
   * @param end called, perhaps more than once, when somebody else wants to begin
   */
  async run<T>(key: string, end: () => void, work: () => Promise<T>): Promise<T> {
    for (let other = this.#works.get(key); other !== undefined; other = this.#works.get(key)) {
      other.end();
      await other.done;
    }
    const { promise: done, resolve } = Promise.withResolvers<void>();
    const mine = { end, done };
    this.#works.set(key, mine);
    try {
      return await work();
    } finally {
      this.#works.delete(key);
      resolve();
    }
  }
}
