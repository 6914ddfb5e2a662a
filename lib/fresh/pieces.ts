/**
 * Parts of a page that are bytes already: most of a page is the same for many readers, and copying
 * bytes costs a hundredth of rendering them. In what is rendered a mark stands for each; the page is
 * then put together from the text between the marks and the bytes. It knows no page.
 */
import { createContext } from "preact";

/** A piece, or what makes it once everything else is rendered: renders do not nest. */
export type PagePiece = Uint8Array | (() => Uint8Array);

/**
 * No text forges it: whatever comes from people is escaped, in elements, in attributes and in data
 * blocks, so that a "<" is always ours, and no element of ours begins like this.
 */
const BEGINS = "<#";
const ENDS = ">";

/** Asked after each piece that was made: what to wait for, so that others have their turn. */
export type Rest = () => Promise<void> | undefined;

export class PagePieces {
  readonly #pieces: PagePiece[] = [];

  /** The mark that stands for the piece: raw HTML, to be put in once. */
  mark(piece: PagePiece): string {
    return BEGINS + (this.#pieces.push(piece) - 1) + ENDS;
  }

  /**
   * Makes what is not bytes yet. A hundred messages that were written to be slow to render would hold
   * everybody up for half a second.
   */
  async make(rest: Rest): Promise<void> {
    for (const [at, piece] of this.#pieces.entries()) {
      if (typeof piece !== "function") continue;
      this.#pieces[at] = piece();
      const pause = rest();
      if (pause !== undefined) await pause;
    }
  }

  /** The page's bytes, with the pieces in the places of their marks. */
  join(html: string): Uint8Array<ArrayBuffer> {
    const pieces = this.#pieces.map((piece) => typeof piece === "function" ? piece() : piece);
    const page = new Page(pieces.reduce((sum, piece) => sum + piece.byteLength, html.length));
    let from = 0;
    for (let at = html.indexOf(BEGINS); at >= 0; at = html.indexOf(BEGINS, from)) {
      const end = html.indexOf(ENDS, at);
      if (at > from) page.write(html.slice(from, at));
      page.copy(pieces[Number(html.slice(at + BEGINS.length, end))]!);
      from = end + ENDS.length;
    }
    page.write(html.slice(from));
    return page.bytes();
  }
}

const encoder = new TextEncoder();

class Page {
  #buffer: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** @param bytes about as many as it will have: the marks leave room for some letters of others. */
  constructor(bytes: number) {
    this.#buffer = new Uint8Array(bytes);
  }

  write(text: string): void {
    const { read, written } = encoder.encodeInto(text, this.#buffer.subarray(this.#length));
    this.#length += written;
    if (read === text.length) return;
    this.#grow(MOST_BYTES * (text.length - read));
    this.write(text.slice(read));
  }

  copy(bytes: Uint8Array): void {
    if (this.#length + bytes.byteLength > this.#buffer.byteLength) this.#grow(bytes.byteLength);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.byteLength;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(0, this.#length);
  }

  #grow(by: number): void {
    const buffer = new Uint8Array(this.#length + by + this.#buffer.byteLength / 4);
    buffer.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = buffer;
  }
}

/** Of one unit of a string, in UTF-8. */
const MOST_BYTES = 3;

/** The pieces of the page that is rendered; null where nobody puts pages together. */
export const PiecesContext = createContext<PagePieces | null>(null);
