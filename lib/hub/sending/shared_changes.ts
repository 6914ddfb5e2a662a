/**
 * What changed in a room since a revision, for clients that were away. After a restart thousands
 * ask for the same pages at once: each is read and encoded once, and shared until the room changes, or
 * somebody does whose name may stand in it.
 * It knows neither connections nor who may ask.
 */
import type { Changes } from "../../protocol/sync.ts";

/** Of encoded pages kept for the next client that asks. */
const KEPT_BYTES = 16 * 2 ** 20;
/** Bytes of a letter, at most: with one beyond Latin-1, all of a text take as much. */
const LETTER = 2;
/** The bytes of even an empty page. */
const PAGE_OVERHEAD = 200;

export interface SharedChangesOptions {
  changes(room: number, since: number): Promise<Changes>;
  /** The room's version here; a different number makes the cached pages stale. */
  version(room: number): number;
}

export class SharedChanges {
  readonly #pages = new Map<string, { text: Promise<string>; bytes: number }>();
  #bytes = 0;

  constructor(private readonly options: SharedChangesOptions) {}

  /**
   * The encoded `changes` event. It contains everything this node knew of when it was requested: a
   * page is shared only among requests with no news since its read began.
   */
  page(room: number, since: number): Promise<string> {
    const key = `${room} ${since} ${this.options.version(room)}`;
    const known = this.#pages.get(key);
    if (known !== undefined) return known.text;
    const page = { text: this.#read(room, since), bytes: 0 };
    this.#pages.set(key, page);
    // A page may have been dropped, and its place taken, while it was read.
    const isKept = () => this.#pages.get(key) === page;
    page.text.then(
      (text) => isKept() && this.#keep(page, LETTER * text.length),
      () => isKept() && this.#pages.delete(key), // the next request tries again
    );
    return page.text;
  }

  /** What is being read may have been written with an old name, too. */
  forget(): void {
    this.#pages.clear();
    this.#bytes = 0;
  }

  async #read(room: number, since: number): Promise<string> {
    const changes = await this.options.changes(room, since);
    return JSON.stringify({ type: "changes", room, ...changes });
  }

  #keep(page: { bytes: number }, bytes: number): void {
    page.bytes = bytes + PAGE_OVERHEAD;
    this.#bytes += page.bytes;
    for (const [key, oldest] of this.#pages) {
      if (this.#bytes <= KEPT_BYTES) break;
      this.#pages.delete(key);
      this.#bytes -= oldest.bytes;
    }
  }
}
