/**
 * Pages of histories as the store hands them over, read once: when a school opens a room, its page
 * is the same text for everybody. It holds so many bytes, of those that were used last; what is the
 * same text is the same page, so nothing is dropped when a room changes.
 */
import type { HistoryPage } from "../protocol/history.ts";
import { type JsonText, parseJsonText } from "../protocol/json_text.ts";
import { Latest } from "../ui/kept/latest.ts";
import { dataText } from "./data_block.ts";

export interface ReadPage {
  /** Never changed: many pages show it. */
  readonly page: HistoryPage;
  /** Its JSON, for a data block. */
  readonly data: Uint8Array;
}

const MOST_BYTES = 4 * 1024 * 1024;
/** Bytes of objects for each character of their JSON, about. */
const OBJECTS = 4;

const encoder = new TextEncoder();

export class ReadPages {
  readonly #pages: Latest<ReadPage>;

  constructor(mostBytes = MOST_BYTES) {
    this.#pages = new Latest(mostBytes, ({ data }) => (1 + OBJECTS) * data.byteLength);
  }

  get bytes(): number {
    return this.#pages.bytes;
  }

  read(text: JsonText<HistoryPage>): ReadPage {
    let read = this.#pages.get(text);
    if (read === undefined) {
      read = { page: parseJsonText(text), data: encoder.encode(dataText(text)) };
      this.#pages.put(text, read);
    }
    return read;
  }
}
