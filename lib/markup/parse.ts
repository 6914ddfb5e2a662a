/**
 * A text's markup as nodes. Bounded: whatever somebody writes, a message is so many pieces, so
 * deeply nested, and takes so long; what exceeds that is shown plainly by whoever asked.
 */
import { withoutReferences } from "./entities.ts";
import { lex, type MarkedToken, type Token, type Tokens } from "./lexer.ts";
import type { Block, Inline, Item } from "./nodes.ts";

/** Of a text with markup that people read. Each is an element, or a piece of text between two. */
const MOST_NODES = 1_500;
const MOST_LEVELS = 24;
/** A block of code has a head and a button beside what it says. */
const CODE_NODES = 8;

/** Null where the text is to be shown plainly. */
export function parseMarkup(text: string): Block[] | null {
  const tokens = lex(text);
  if (tokens === null) return null;
  try {
    return new Mapping().blocks(tokens);
  } catch (error) {
    if (error instanceof TooMuch) return null;
    throw error;
  }
}

class TooMuch extends Error {
  override readonly name = "TooMuch";
}

class Mapping {
  #nodes = 0;
  #level = 0;

  blocks(tokens: readonly Token[]): Block[] {
    return this.#within(() => tokens.flatMap((token) => this.#block(token) ?? []));
  }

  #within<T>(map: () => T): T {
    if (++this.#level > MOST_LEVELS) throw new TooMuch();
    const mapped = map();
    this.#level--;
    return mapped;
  }

  #count(nodes = 1): void {
    this.#nodes += nodes;
    if (this.#nodes > MOST_NODES) throw new TooMuch();
  }

  /** Null for what is not shown: blank lines, what links refer to. */
  #block(token: Token): Block | null {
    this.#count();
    // The lexer's type has an open end for tokens of others; these are its own.
    const known = token as MarkedToken;
    switch (known.type) {
      case "space":
      case "def":
      case "checkbox":
        return null;
      case "hr":
        return { type: "rule" };
      case "heading":
        return { type: "heading", level: known.depth, children: this.#inlines(known.tokens) };
      case "code":
        this.#count(CODE_NODES);
        return codeOf(known);
      case "blockquote":
        return { type: "quote", children: this.blocks(known.tokens) };
      case "list":
        return this.#list(known);
      case "table":
        return this.#table(known);
      case "paragraph":
        return { type: "paragraph", children: trimmed(this.#inlines(known.tokens)) };
      case "text":
        return { type: "line", children: this.#inlines(known.tokens ?? [known]) };
      default:
        // HTML, and whatever the lexer learns: the text that it is.
        return { type: "paragraph", children: linesOf(known.raw.replace(/\n+$/, "")) };
    }
  }

  #list(list: Tokens.List): Block {
    const items = list.items.map(({ task, checked, tokens }): Item => {
      this.#count();
      return { checked: task ? checked === true : null, children: this.blocks(tokens) };
    });
    const start = list.ordered ? Number(list.start) : null;
    return { type: "list", start, loose: list.loose, items };
  }

  #table({ align, header, rows }: Tokens.Table): Block {
    this.#count(rows.length + 1);
    const cells = (row: readonly Tokens.TableCell[]) =>
      row.map(({ tokens }) => {
        this.#count();
        return this.#inlines(tokens);
      });
    return { type: "table", align, head: cells(header), rows: rows.map(cells) };
  }

  #inlines(tokens: readonly Token[]): Inline[] {
    return this.#within(() => joined(tokens.map((token) => this.#inline(token))));
  }

  #inline(token: Token): Inline {
    this.#count();
    const known = token as MarkedToken | { type: "address"; raw: string };
    switch (known.type) {
      case "address":
        return { type: "address", text: known.raw };
      case "text":
        return { type: "text", text: withoutReferences(known.raw) };
      case "escape":
        return { type: "escaped", text: known.text };
      case "strong":
      case "em":
      case "del":
        return { type: known.type, children: this.#inlines(known.tokens) };
      case "codespan":
        return { type: "code", text: known.text };
      case "br":
        return { type: "break" };
      case "link":
      case "image":
        return this.#link(known);
      default:
        return { type: "text", text: known.raw };
    }
  }

  /** An image is a link to it: nobody's address is told to whoever sent the message. */
  #link(token: Tokens.Link | Tokens.Image): Inline {
    const { raw, href } = token;
    if (token.type === "link" && token.autolink) {
      return /^https?:/i.test(href)
        ? { type: "address", text: token.text }
        : { type: "link", href, raw, children: [{ type: "text", text: token.text }] };
    }
    const children = this.#inlines(token.tokens);
    return {
      type: "link",
      href: withoutReferences(href),
      raw,
      children: token.type === "link" ? children : [{ type: "text", text: plainOf(children) }],
    };
  }
}

function codeOf({ lang = "", text }: Tokens.Code): Block {
  const [language] = withoutReferences(lang).split(/\s/, 1);
  return { type: "code", language: language!, text: text.replace(/\n$/, "") };
}

/** Neighbours that are text become one: a name may stand in both. */
function joined(pieces: Inline[]): Inline[] {
  const whole: Inline[] = [];
  for (const piece of pieces) {
    const last = whole.at(-1);
    if (piece.type === "text" && last?.type === "text") {
      whole[whole.length - 1] = { type: "text", text: last.text + piece.text };
    } else whole.push(piece);
  }
  return whole;
}

/** Spaces at both ends of a paragraph belong to nobody. */
function trimmed(pieces: Inline[]): Inline[] {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (first?.type === "text") first.text = first.text.replace(/^ +/, "");
  if (last?.type === "text") last.text = last.text.replace(/ +$/, "");
  return pieces;
}

/** What the pieces say. */
function plainOf(pieces: readonly Inline[]): string {
  return pieces.map((piece) =>
    "children" in piece ? plainOf(piece.children) : piece.type === "break" ? " " : piece.text
  ).join("");
}

function linesOf(text: string): Inline[] {
  return text.split("\n").flatMap((line, at): Inline[] => {
    const piece: Inline = { type: "text", text: line };
    return at === 0 ? [piece] : [{ type: "break" }, piece];
  });
}
