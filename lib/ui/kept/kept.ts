/**
 * Renders parts of a page only once for all who have the same inputs. Such a part is made of its
 * inputs alone: they are its key, and it is rendered in a view that has nothing else (`still_view.ts`).
 * On the server only; a browser renders the same parts as components.
 */
import { type ComponentChildren, createContext, Fragment, type FunctionComponent, h } from "preact";
import type { KeptHtml } from "./kept_html.ts";

/** Where bytes are put into a page. */
export interface PieceMarks {
  mark(piece: Uint8Array | (() => Uint8Array)): string;
}

const encoder = new TextEncoder();

export class Kept {
  readonly #html: KeptHtml;
  readonly #pieces: PieceMarks;
  readonly #render: (part: ComponentChildren) => string;

  constructor(html: KeptHtml, pieces: PieceMarks, render: (part: ComponentChildren) => string) {
    this.#html = html;
    this.#pieces = pieces;
    this.#render = render;
  }

  /**
   * The mark of a part, for `marked`.
   * @param key all that decides it; the part's name comes first
   * @param render of the same, and of nothing else
   */
  mark(key: string, render: () => ComponentChildren): string {
    return this.#pieces.mark(this.#html.get(key) ?? (() => this.#make(key, render)));
  }

  /** See `KeptHtml.ordered`. */
  ordered<Thing>(key: string, things: readonly Thing[], sort: () => Thing[]): Thing[] {
    return this.#html.ordered(key, things, sort);
  }

  /** See `KeptHtml.nameOf`. */
  nameOf(object: object): string {
    return this.#html.nameOf(object);
  }

  #make(key: string, render: () => ComponentChildren): Uint8Array {
    // The page may have the same part twice.
    const before = this.#html.get(key);
    if (before !== undefined) return before;
    const html = encoder.encode(this.#render(render()));
    this.#html.put(key, html);
    return html;
  }
}

/** Null: everything is rendered anew. */
export const KeptContext = createContext<Kept | null>(null);

/** Marks where views expect elements: the renderer takes them for JSX that was rendered before. */
export function marked(marks: string[]): ComponentChildren {
  return h(Fragment as FunctionComponent<{ tpl: string[] }>, { tpl: marks });
}
