/**
 * A map of recently used entries: beyond its limit it drops the least recently used, so nothing a
 * stranger sends can make it grow. It knows nothing else.
 */
export class RecentMap<Key, Value> {
  readonly #entries = new Map<Key, Value>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    // A Map iterates in insertion order: a key inserted again is the most recent.
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#limit) this.#forget();
  }

  /** Several at once if there are many: a Map steps over each deleted entry to find its first. */
  #forget(): void {
    let count = Math.max(1, this.#limit >> 6);
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      if (--count === 0) return;
    }
  }

  delete(key: Key): void {
    this.#entries.delete(key);
  }

  /** Drops every entry of which this is true. */
  deleteWhere(isOver: (value: Value) => boolean): void {
    for (const [key, value] of this.#entries) if (isOver(value)) this.#entries.delete(key);
  }
}
