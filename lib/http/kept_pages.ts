/**
 * Pages that are the same for everybody who asks for the same: rendered once, and kept as bytes under
 * everything that decides what is on them, so that none can be out of date or meant for others. It
 * knows no page.
 */
import { KeptValues } from "../kept_values.ts";

/** Of all that are kept, with their keys: some two hundred. The latest are kept. */
const MOST_BYTES = 512 * 1_024;

export class KeptPages {
  readonly #pages: KeptValues<string, Uint8Array<ArrayBuffer>>;

  constructor(private readonly mostBytes = MOST_BYTES) {
    this.#pages = new KeptValues(mostBytes);
  }

  get bytes(): number {
    return this.#pages.bytes;
  }

  find(key: string): Uint8Array<ArrayBuffer> | null {
    return this.#pages.get(key) ?? null;
  }

  keep(key: string, page: Uint8Array<ArrayBuffer>): void {
    const bytes = 2 * key.length + page.byteLength;
    // A stranger's long address would put all others out.
    if (bytes <= this.mostBytes / 16) this.#pages.set(key, page, bytes);
  }
}
