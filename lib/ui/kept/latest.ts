/**
 * Values by text, as many as a number of bytes holds: of those that were used last. It knows no
 * value.
 */

/** Of an entry, besides its key and its value. */
const OVERHEAD = 300;

interface Generation<Value> {
  entries: Map<string, Value>;
  bytes: number;
}

export class Latest<Value> {
  /** What was used since half of the bytes were full, and what was before. */
  #recent: Generation<Value> = { entries: new Map(), bytes: 0 };
  #older: Generation<Value> = { entries: new Map(), bytes: 0 };
  readonly #half: number;
  readonly #sizeOf: (value: Value) => number;

  constructor(mostBytes: number, sizeOf: (value: Value) => number) {
    this.#half = mostBytes / 2;
    this.#sizeOf = sizeOf;
  }

  get bytes(): number {
    return this.#recent.bytes + this.#older.bytes;
  }

  get(key: string): Value | undefined {
    const recent = this.#recent.entries.get(key);
    if (recent !== undefined) return recent;
    const older = this.#older.entries.get(key);
    if (older !== undefined) this.put(key, older);
    return older;
  }

  /** The same key has the same value. One that alone would drive out all others is not kept. */
  put(key: string, value: Value): void {
    // A key may have characters of two bytes.
    const bytes = 2 * key.length + this.#sizeOf(value) + OVERHEAD;
    if (bytes > this.#half || this.#recent.entries.has(key)) return;
    if (this.#older.entries.delete(key)) this.#older.bytes -= bytes;
    if (this.#recent.bytes + bytes > this.#half) {
      this.#older = this.#recent;
      this.#recent = { entries: new Map(), bytes: 0 };
    }
    this.#recent.entries.set(key, value);
    this.#recent.bytes += bytes;
  }
}
