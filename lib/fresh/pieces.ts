/**
 * Parts of a page that are bytes already: most of a page is the same for many readers, and copying
 * bytes costs a hundredth of rendering them. In what is rendered a mark stands for each; the page is
 * then put together from the text between the marks and the bytes. It knows no page.
 */
import { createContext } from "preact";

/** A piece, or what makes it once everything else is rendered: renders do not nest. */
export type Piece = Uint8Array | (() => Uint8Array);

/**
 * No text forges it: whatever comes from people is escaped, in elements, in attributes and in data
 * blocks, so that a "<" is always ours, and no element of ours begins like this.
 */
const BEGINS = "<#";
const ENDS = ">";

export class Pieces {
  readonly #pieces: Piece[] = [];

  /** The mark that stands for the piece: raw HTML, to be put in once. */
  mark(piece: Piece): string {
    return BEGINS + (this.#pieces.push(piece) - 1) + ENDS;
  }

  /** The page's bytes, with the pieces in the places of their marks. */
  join(html: string): Uint8Array<ArrayBuffer> {
    const pieces = this.#pieces.map((piece) => typeof piece === "function" ? piece() : piece);
    const most = pieces.reduce((sum, { byteLength }) => sum + byteLength, MOST_BYTES * html.length);
    const page = new Page(most);
    let from = 0;
    for (let at = html.indexOf(BEGINS); at >= 0; at = html.indexOf(BEGINS, from)) {
      const end = html.indexOf(ENDS, at);
      page.write(html.slice(from, at));
      page.copy(pieces[Number(html.slice(at + BEGINS.length, end))]!);
      from = end + ENDS.length;
    }
    page.write(html.slice(from));
    return page.bytes();
  }
}

/** Of one unit of a string, in UTF-8. */
const MOST_BYTES = 3;

const encoder = new TextEncoder();

class Page {
  readonly #buffer: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(most: number) {
    this.#buffer = new Uint8Array(most);
  }

  write(text: string): void {
    this.#length += encoder.encodeInto(text, this.#buffer.subarray(this.#length)).written;
  }

  copy(bytes: Uint8Array): void {
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.byteLength;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(0, this.#length);
  }
}

/** The pieces of the page that is rendered; null where nobody puts pages together. */
export const PiecesContext = createContext<Pieces | null>(null);
