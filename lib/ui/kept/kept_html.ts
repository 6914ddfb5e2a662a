/**
 * HTML that was rendered before, by all that decides it: whoever has the same inputs has the same
 * HTML, so nothing is dropped when something changes, and nobody gets what is another's. It holds so
 * many bytes, of those that were used last. It knows no view.
 */

/** Some thousand messages. */
export const KEPT_BYTES = 8 * 1024 * 1024;

/** Of an entry, besides its key and its bytes. */
const OVERHEAD = 300;

interface Generation {
  entries: Map<string, Uint8Array>;
  bytes: number;
}

const none = (): Generation => ({ entries: new Map(), bytes: 0 });

export class KeptHtml {
  /** What was used since the last time that half of the bytes were full, and what was before. */
  #recent = none();
  #older = none();
  readonly #half: number;

  /** @param most bytes, with the keys */
  constructor(most: number) {
    this.#half = most / 2;
  }

  get bytes(): number {
    return this.#recent.bytes + this.#older.bytes;
  }

  get(key: string): Uint8Array | undefined {
    const recent = this.#recent.entries.get(key);
    if (recent !== undefined) return recent;
    const older = this.#older.entries.get(key);
    if (older !== undefined) this.put(key, older);
    return older;
  }

  /** The same key has the same HTML. */
  put(key: string, html: Uint8Array): void {
    const bytes = sizeOf(key, html);
    if (bytes > this.#half || this.#recent.entries.has(key)) return;
    if (this.#older.entries.delete(key)) this.#older.bytes -= bytes;
    if (this.#recent.bytes + bytes > this.#half) {
      this.#older = this.#recent;
      this.#recent = none();
    }
    this.#recent.entries.set(key, html);
    this.#recent.bytes += bytes;
  }
}

/** A key may have characters of two bytes. */
function sizeOf(key: string, html: Uint8Array): number {
  return 2 * key.length + html.byteLength + OVERHEAD;
}
