/**
 * Formatted text from the clipboard as Markdown: what pages, word processors and spreadsheets give
 * away as HTML. The document that is read is inert: no script in it runs, and nothing is fetched.
 */
import { fenceFor } from "./markers.ts";
import { isMarked, type Run, runsText } from "./rich_runs.ts";
import { tableText } from "./tables.ts";

/** UTF-16 units; longer ones are pasted as the browser does. */
const LONGEST = 400_000;
/** Elements in elements; what is deeper is read as text. */
const DEEPEST = 60;

/** Null where there is nothing in it that plain text would lose. */
export function richToMarkdown(html: string): string | null {
  if (html.length > LONGEST) return null;
  const { body } = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  if (isCode(body)) return null;
  const reader = new Reader();
  const text = reader.blocks(body, 0).join("\n\n").replace(/\n{3,}/g, "\n\n").trim();
  return reader.isFormatted && text !== "" ? text : null;
}

/** The page's policy refuses styles and handlers, even where nothing runs: it would complain. */
function withoutStyles(html: string): string {
  return html
    .replace(/<(style|script|title)\b[^]*?(?:<\/\1\s*>|$)/gi, "")
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, " data-$1="));
}

/** What an editor of code copies: it is offered as a block, like plain text of several lines. */
function isCode(body: Element): boolean {
  const filled = [...body.childNodes].filter(({ textContent }) => textContent?.trim());
  const only = filled.length === 1 ? filled[0] : undefined;
  if (!(only && isElement(only))) return false;
  return only.tagName === "PRE" || /white-space:\s*pre(?!-line)/.test(styleOf(only)) ||
    (only.children.length === 1 && /monospace/i.test(styleOf(only)) && isCode(only));
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

function styleOf(element: Element): string {
  return element.getAttribute("data-style") ?? "";
}

const BLOCKS = new Set(
  ("ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIV DL DT FIGCAPTION FIGURE FOOTER FORM " +
    "H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE UL TR TD TH TBODY THEAD")
    .split(" "),
);
const UNREAD = new Set("BUTTON HEAD IFRAME OBJECT SCRIPT STYLE SVG TEMPLATE TITLE".split(" "));

/** The marks around a place in the text. */
type Marks = Omit<Run, "text" | "kind">;
const NO_MARKS: Marks = { bold: false, italic: false, strike: false, href: null };

class Reader {
  /** Something in it is more than text. */
  isFormatted = false;

  /** What stands in an element: paragraphs, lists and so on, each with its lines. */
  blocks(element: Element, depth: number, marks: Marks = NO_MARKS): string[] {
    const blocks: string[] = [];
    let runs: Run[] = [];
    const finish = () => {
      const text = this.#paragraph(runs);
      if (text !== "") blocks.push(text);
      runs = [];
    };
    for (const node of element.childNodes) {
      if (isElement(node) && isBlock(node, depth)) {
        finish();
        blocks.push(...this.#block(node, depth + 1, marksOf(node, marks)));
      } else this.#inline(node, marks, depth + 1, runs);
    }
    finish();
    return blocks;
  }

  #block(element: Element, depth: number, marks: Marks): string[] {
    const { tagName } = element;
    if (tagName === "PRE") return [this.#code(element)];
    if (tagName === "HR") return this.#made("---");
    if (tagName === "TABLE") return this.#table(element, depth);
    if (tagName === "UL" || tagName === "OL") return this.#made(this.#list(element, depth));
    const inner = this.blocks(element, depth, marks);
    if (tagName === "BLOCKQUOTE" && inner.length > 0) {
      return this.#made(inner.join("\n\n").replace(/^/gm, "> ").replace(/^> $/gm, ">"));
    }
    const heading = /^H([1-6])$/.exec(tagName);
    if (heading === null || inner.length === 0) return inner;
    return this.#made(`${"#".repeat(Number(heading[1]))} ${inner.join(" ").replace(/\n/g, " ")}`);
  }

  #made(text: string): string[] {
    this.isFormatted = true;
    return text === "" ? [] : [text];
  }

  #code(element: Element): string {
    this.isFormatted = true;
    const code = textOf(element).replace(/^\n|\s+$/g, "");
    const named = /(?:language|lang|highlight-source)-([\w+#.-]{1,20})/.exec(
      `${element.className} ${element.firstElementChild?.className ?? ""} ${
        element.parentElement?.className ?? ""
      }`,
    );
    const fence = fenceFor(code);
    return `${fence}${named?.[1] ?? ""}\n${code}\n${fence}`;
  }

  #list(list: Element, depth: number): string {
    let number = Number(list.getAttribute("start") ?? 1) || 1;
    const isNumbered = list.tagName === "OL";
    const lines: string[] = [];
    for (const child of list.children) {
      // Some programs put a list that is within an item beside it.
      if (child.tagName === "UL" || child.tagName === "OL") {
        lines.push(this.#list(child, depth + 1).replace(/^/gm, isNumbered ? "   " : "  "));
        continue;
      }
      const head = isNumbered ? `${number++}. ` : "- ";
      const inner = depth > DEEPEST ? [textOf(child)] : this.blocks(child, depth + 1);
      const text = `${boxOf(child)}${tight(inner)}`;
      if (text.trim() !== "") {
        lines.push(head + text.replace(/\n(?=.)/g, `\n${" ".repeat(head.length)}`));
      }
    }
    return lines.join("\n");
  }

  /** Pages are also laid out by tables: such a one is read as what it holds. */
  #table(table: Element, depth: number): string[] {
    const rows = [...table.querySelectorAll("tr")];
    const isPlain = table.querySelector("table, ul, ol, pre, blockquote") === null;
    const reader = new Reader();
    const text = isPlain
      ? tableText(
        rows.map((row) => cellsOf(row).map((cell) => reader.blocks(cell, depth).join(" "))),
      )
      : null;
    if (text !== null) return this.#made(text);
    return rows.flatMap((row) => cellsOf(row).flatMap((cell) => this.blocks(cell, depth + 1)));
  }

  #paragraph(runs: readonly Run[]): string {
    if (isMarked(runs)) this.isFormatted = true;
    const text = runsText(runs).replace(/[^\S\n]*\n[^\S\n]*/g, "\n").trim();
    // At the start of a line these would begin something.
    return text.replace(/^(?:#{1,6} |>|[-+*] |~~~)/gm, "\\$&").replace(
      /^(\d{1,9})([.)] )/gm,
      "$1\\$2",
    );
  }

  #inline(node: Node, marks: Marks, depth: number, runs: Run[]): void {
    if (!isElement(node)) {
      if (node.nodeType === 3) runs.push({ ...marks, text: node.nodeValue ?? "", kind: "text" });
      return;
    }
    const { tagName } = node;
    if (UNREAD.has(tagName.toUpperCase())) return;
    const own = marksOf(node, marks);
    if (tagName === "BR") runs.push({ ...NO_MARKS, text: "", kind: "break" });
    else if (tagName === "IMG") {
      runs.push({ ...own, text: node.getAttribute("alt") ?? "", kind: "text" });
    } else if (/^(?:CODE|KBD|SAMP|TT)$/.test(tagName)) {
      runs.push({ ...own, text: textOf(node), kind: "code" });
    } else if (depth > DEEPEST) runs.push({ ...own, text: textOf(node), kind: "text" });
    else for (const child of node.childNodes) this.#inline(child, own, depth + 1, runs);
  }
}

function isBlock(element: Element, depth: number): boolean {
  if (depth > DEEPEST) return false;
  if (BLOCKS.has(element.tagName)) return true;
  // Word processors put all they copy into one element that is no block by itself.
  return !UNREAD.has(element.tagName.toUpperCase()) && element.tagName !== "IMG" &&
    [...element.children].some((child) => isBlock(child, depth + 1));
}

function marksOf(element: Element, marks: Marks): Marks {
  const { tagName } = element;
  const style = styleOf(element);
  const weight = /font-weight:\s*(\w+)/.exec(style)?.[1];
  const isBold = tagName === "STRONG" || tagName === "B";
  const href = tagName === "A" ? element.getAttribute("href") : null;
  return {
    bold: weight === undefined ? marks.bold || isBold : weight === "bold" || Number(weight) >= 600,
    italic: /font-style:\s*normal/.test(style)
      ? false
      : marks.italic || tagName === "EM" || tagName === "I" || /font-style:\s*italic/.test(style),
    strike: marks.strike || /^(?:S|DEL|STRIKE)$/.test(tagName) ||
      /text-decoration[\w-]*:[^;]*line-through/.test(style),
    href: href !== null && /^https?:\/\//i.test(href) && URL.canParse(href)
      ? new URL(href).href
      : marks.href,
  };
}

/** With the line breaks that elements make. */
function textOf(element: Element): string {
  for (const br of element.querySelectorAll("br")) br.replaceWith("\n");
  return element.textContent ?? "";
}

function cellsOf(row: Element): Element[] {
  return [...row.children].filter(({ tagName }) => tagName === "TD" || tagName === "TH");
}

/** An item's text, and the list within it on the next line. */
function tight(blocks: readonly string[]): string {
  return blocks.reduce(
    (text, block) =>
      text === "" ? block : `${text}\n${/^(?:[-*+]|\d+[.)]) /.test(block) ? "" : "\n"}${block}`,
    "",
  );
}

function boxOf(item: Element): string {
  const box = item.querySelector<HTMLInputElement>("input[type=checkbox]");
  if (box === null) return "";
  return box.hasAttribute("checked") ? "[x] " : "[ ] ";
}
