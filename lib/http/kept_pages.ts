/**
 * Pages that are the same for everybody who asks for the same: rendered once, and kept as bytes under
 * everything that decides what is on them, so that none can be out of date or meant for others. It
 * knows no page.
 */

/** Of all that are kept, with their keys: some two hundred. The latest are kept. */
const MOST_BYTES = 512 * 1_024;

export class KeptPages {
  /** The one that was not asked for for longest first. */
  readonly #pages = new Map<string, Uint8Array<ArrayBuffer>>();
  #bytes = 0;

  constructor(private readonly mostBytes = MOST_BYTES) {}

  get bytes(): number {
    return this.#bytes;
  }

  find(key: string): Uint8Array<ArrayBuffer> | null {
    const page = this.#pages.get(key);
    if (page === undefined) return null;
    this.#pages.delete(key);
    this.#pages.set(key, page);
    return page;
  }

  keep(key: string, page: Uint8Array<ArrayBuffer>): void {
    this.#forget(key);
    // A stranger's long address would put all others out.
    if (sizeOf(key, page) > this.mostBytes / 16) return;
    this.#pages.set(key, page);
    this.#bytes += sizeOf(key, page);
    for (const oldest of this.#pages.keys()) {
      if (this.#bytes <= this.mostBytes) break;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    const page = this.#pages.get(key);
    if (page === undefined) return;
    this.#pages.delete(key);
    this.#bytes -= sizeOf(key, page);
  }
}

function sizeOf(key: string, page: Uint8Array): number {
  return 2 * key.length + page.byteLength;
}
