/**
 * HTML that was rendered before, by all that decides it: whoever has the same inputs has the same
 * HTML, so nothing is dropped when something changes, and nobody gets what is another's. It holds so
 * many bytes, of those that were used last. It knows no view.
 */
import { Latest } from "./latest.ts";

/** Some thousand messages. */
export const KEPT_BYTES = 8 * 1024 * 1024;

export class KeptHtml {
  readonly #html: Latest<Uint8Array>;
  /** Of the long texts in keys, a number that no other text has or ever had. */
  readonly #names: Latest<string>;
  /** How lists are ordered: comparing as a language does takes half a microsecond a time. */
  readonly #orders: Latest<Uint16Array>;
  readonly #namesOf = new WeakMap<object, string>();
  #count = 0;

  /** @param most bytes, with the keys */
  constructor(most: number) {
    this.#html = new Latest(most * 11 / 16, ({ byteLength }) => byteLength);
    this.#orders = new Latest(most / 16, ({ byteLength }) => byteLength);
    this.#names = new Latest(most / 4, ({ length }) => length);
  }

  get bytes(): number {
    return this.#html.bytes + this.#orders.bytes + this.#names.bytes;
  }

  get(key: string): Uint8Array | undefined {
    return this.#html.get(key);
  }

  put(key: string, html: Uint8Array): void {
    this.#html.put(key, html);
  }

  /** @param key all that decides the order: of the same things another has the same */
  ordered<Thing>(key: string, things: readonly Thing[], sort: () => Thing[]): Thing[] {
    const order = this.#orders.get(key);
    if (order !== undefined) return Array.from(order, (place) => things[place]!);
    const sorted = sort();
    const places = new Map(things.map((thing, place) => [thing, place]));
    this.#orders.put(key, Uint16Array.from(sorted, (thing) => places.get(thing)!));
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
    this.#names.put(text, name);
    return name;
  }
}
