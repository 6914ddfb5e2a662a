/**
 * Pages of histories as the store hands them over, read once: when a school opens a room, its page
 * is the same text for everybody. It holds so many bytes, of those that were used last; what is the
 * same text is the same page, so nothing is dropped when a room changes.
 */
import { KeptValues } from "../kept_values.ts";
import type { HistoryPage } from "../protocol/history.ts";
import { type JsonText, parseJsonText } from "../protocol/json_text.ts";
import { dataText } from "./data_block.ts";

export interface ReadPage {
  /** Never changed: many pages show it. */
  readonly page: HistoryPage;
  /** Its JSON, for a data block. */
  readonly data: Uint8Array;
}

const MOST_BYTES = 4 * 1024 * 1024;
/** Bytes of objects for each byte of their JSON, about. */
const OBJECTS = 4;
/** Of an entry, besides its text and what is read of it. */
const OVERHEAD = 300;

const encoder = new TextEncoder();

export class ReadPages {
  readonly #pages: KeptValues<string, ReadPage>;

  constructor(mostBytes = MOST_BYTES) {
    this.#pages = new KeptValues(mostBytes);
  }

  get bytes(): number {
    return this.#pages.bytes;
  }

  read(text: JsonText<HistoryPage>): ReadPage {
    let read = this.#pages.get(text);
    if (read === undefined) {
      read = { page: parseJsonText(text), data: encoder.encode(dataText(text)) };
      const bytes = 2 * text.length + (1 + OBJECTS) * read.data.byteLength + OVERHEAD;
      this.#pages.set(text, read, bytes);
    }
    return read;
  }
}
