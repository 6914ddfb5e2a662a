/**
 * HTML that was rendered before, by all that decides it: whoever has the same inputs has the same
 * HTML, so nothing is dropped when something changes, and nobody gets what is another's. It holds so
 * many bytes, of those that were used last. It knows no view.
 */
import { KeptValues } from "../../kept_values.ts";

/** Some thousand messages. */
export const KEPT_BYTES = 8 * 1024 * 1024;

export class KeptHtml {
  readonly #html: KeptValues<string, Uint8Array>;
  /** Of the long texts in keys, a number that no other text has or ever had. */
  readonly #names: KeptValues<string, string>;
  /** How lists are ordered: comparing as a language does takes half a microsecond a time. */
  readonly #orders: KeptValues<string, Uint16Array>;
  readonly #namesOf = new WeakMap<object, string>();
  #count = 0;

  /** @param most bytes, with the keys */
  constructor(most: number) {
    this.#html = new KeptValues(most * 11 / 16);
    this.#orders = new KeptValues(most / 16);
    this.#names = new KeptValues(most / 4);
  }

  get bytes(): number {
    return this.#html.bytes + this.#orders.bytes + this.#names.bytes;
  }

  get(key: string): Uint8Array | undefined {
    return this.#html.get(key);
  }

  put(key: string, html: Uint8Array): void {
    this.#html.set(key, html, sizeOf(key, html.byteLength));
  }

  /** @param key all that decides the order: of the same things another has the same */
  ordered<Thing>(key: string, things: readonly Thing[], sort: () => Thing[]): Thing[] {
    const order = this.#orders.get(key);
    if (order !== undefined) return Array.from(order, (place) => things[place]!);
    const sorted = sort();
    const places = new Map(things.map((thing, place) => [thing, place]));
    const found = Uint16Array.from(sorted, (thing) => places.get(thing)!);
    this.#orders.set(key, found, sizeOf(key, found.byteLength));
    return sorted;
  }

  /**
   * A short name for what the object holds, to be part of keys: two objects have the same if and only
   * if they hold the same. The object is never changed.
   */
  nameOf(object: object): string {
    let name = this.#namesOf.get(object);
    if (name === undefined) {
      name = this.#nameFor(JSON.stringify(object));
      this.#namesOf.set(object, name);
    }
    return name;
  }

  /** One that was forgotten gets another: what was kept under the old one is not found again. */
  #nameFor(text: string): string {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const name = `${++this.#count}`;
    this.#names.set(text, name, sizeOf(text, name.length));
    return name;
  }
}

/** Of an entry, besides its key and its value. */
const OVERHEAD = 300;

/** Bytes of an entry. A key may have characters of two bytes. */
function sizeOf(key: string, valueBytes: number): number {
  return 2 * key.length + valueBytes + OVERHEAD;
}
