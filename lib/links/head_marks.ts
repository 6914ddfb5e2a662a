/**
 * Cuts a page into the few elements that tell of it, with their attributes, and the text of its
 * title. All that it sees is counted, and there is an end to it. It knows no names of what pages say.
 *
 * It keeps no tree. Which open element a closing tag belongs to, and what an opening one closes
 * unsaid, are searches through all that is open: a page of 1 MB that nests deeply made of them a
 * quarter of a minute.
 */
import { Tokenizer, type TokenizerCallbacks } from "htmlparser2";

export interface HeadListener {
  /** One of the elements that tell something, with what tells it, or a title that is the page's. */
  opened(name: string, attributes: ReadonlyMap<string, string>): void;
  /** More of the title that was opened last. */
  text(piece: string): void;
}

/** Code units of one value, before anything is done with it. */
export const LONGEST_VALUE = 4_096;
/**
 * Tags, attributes, texts, comments, references to characters: each is work, and a page of nothing
 * but these is of no use. Heads of a thousand have been seen.
 */
const MOST_MARKS = 25_000;

/** What tells something, and by which attributes. */
const TELLING: ReadonlyMap<string, readonly string[]> = new Map([
  ["meta", ["property", "name", "itemprop", "content"]],
  ["link", ["rel", "href"]],
  ["base", ["href"]],
  ["title", []],
]);
/** Drawings and formulas: they have titles too, and in them nothing is plain text. */
const DRAWINGS: readonly string[] = ["svg", "math"];
/** Code units of the longest name above. */
const LONGEST_NAME = 8;

export class HeadMarks implements TokenizerCallbacks {
  readonly #listener: HeadListener;
  readonly #tokenizer = new Tokenizer({ decodeEntities: true }, this);
  /** What was written, from the piece on in which something may still begin. */
  readonly #pieces: string[] = [];
  /** Code units before the first of them. */
  #offset = 0;
  #marks = 0;
  /** The element whose tag is being read; "" for all that tell nothing. */
  #element = "";
  #attributes = new Map<string, string>();
  /** The attribute whose value is being read; "" for all that tell nothing. */
  #attribute = "";
  #value = "";
  #inHead = false;
  #inTitle = false;
  #drawings = 0;
  isOver = false;

  constructor(listener: HeadListener) {
    this.#listener = listener;
  }

  write(piece: string): void {
    if (this.isOver) return;
    this.#pieces.push(piece);
    this.#tokenizer.write(piece);
  }

  ontext(start: number, end: number): void {
    this.#count();
    if (this.#inTitle) this.#listener.text(this.#slice(start, end));
  }

  ontextentity(point: number): void {
    this.#count();
    if (this.#inTitle) this.#listener.text(String.fromCodePoint(point));
  }

  onopentagname(start: number, end: number): void {
    this.#count();
    this.#element = this.#nameAt(start, end);
    this.#attributes = new Map();
  }

  onattribname(start: number, end: number): void {
    this.#count();
    const name = TELLING.has(this.#element) ? this.#nameAt(start, end) : "";
    const isWanted = TELLING.get(this.#element)?.includes(name) && !this.#attributes.has(name);
    this.#attribute = isWanted ? name : "";
    this.#value = "";
  }

  onattribdata(start: number, end: number): void {
    const room = LONGEST_VALUE - this.#value.length;
    if (this.#attribute !== "" && room > 0) this.#value += this.#slice(start, end).slice(0, room);
  }

  onattribentity(point: number): void {
    this.#count();
    const isWanted = this.#attribute !== "" && this.#value.length < LONGEST_VALUE;
    if (isWanted) this.#value += String.fromCodePoint(point);
  }

  onattribend(): void {
    if (this.#attribute !== "") this.#attributes.set(this.#attribute, this.#value);
    this.#attribute = "";
  }

  onopentagend(): void {
    const name = this.#element;
    // Both end a drawing that nobody has closed (HTML, "the rules for parsing tokens in foreign
    // content"): a page must not be one from there to its end.
    if (name === "meta" || name === "body") this.#drawings = 0;
    if (DRAWINGS.includes(name)) this.#drawings++;
    else if (name === "head") this.#inHead = true;
    else if (name === "body" && this.#inHead) this.#end();
    else if (name === "title" && this.#drawings > 0) return;
    else if (TELLING.has(name) && !this.isOver) {
      this.#inTitle = name === "title";
      this.#listener.opened(name, this.#attributes);
    }
  }

  onselfclosingtag(): void {
    if (!DRAWINGS.includes(this.#element)) this.onopentagend();
  }

  onclosetag(start: number, end: number): void {
    this.#count();
    const name = this.#nameAt(start, end);
    if (name === "title") this.#inTitle = false;
    else if (DRAWINGS.includes(name)) this.#drawings = Math.max(0, this.#drawings - 1);
    // What stands further down is the page itself, where it has said that this was its head.
    else if (name === "head" && this.#inHead) this.#end();
  }

  oncomment(): void {
    this.#count();
  }

  oncdata(): void {
    this.#count();
  }

  ondeclaration(): void {
    this.#count();
  }

  onprocessinginstruction(): void {
    this.#count();
  }

  onend(): void {}

  /** In a drawing, `<style>` and `<title>` begin no plain text. */
  isInForeignContext(): boolean {
    return this.#drawings > 0;
  }

  #count(): void {
    if (++this.#marks > MOST_MARKS) this.#end();
  }

  #end(): void {
    this.isOver = true;
    this.#tokenizer.pause();
  }

  /** In small letters; "" for what is longer than all that tell something. */
  #nameAt(start: number, end: number): string {
    return end - start > LONGEST_NAME ? "" : this.#slice(start, end).toLowerCase();
  }

  /** As much of it as anybody wants. What stands before it is not asked for again. */
  #slice(start: number, end: number): string {
    let passed = 0;
    for (const { length } of this.#pieces) {
      if (start - this.#offset < length) break;
      this.#offset += length;
      passed++;
    }
    this.#pieces.splice(0, passed); // at once: there may be thousands, of a letter each
    const most = Math.min(end, start + LONGEST_VALUE);
    let [slice, offset] = ["", this.#offset];
    for (const piece of this.#pieces) {
      if (offset >= most) break;
      slice += piece.slice(Math.max(0, start - offset), most - offset);
      offset += piece.length;
    }
    return slice;
  }
}
