/**
 * What becomes of what is pasted: a link over the selected text, Markdown from formatted text, a
 * table from cells; else it stays what it is, and may be offered as code.
 */
import { type FieldChange, type FieldText, lineAt } from "./field.ts";
import { openFence } from "./markers.ts";
import { isAddress, linkOver } from "./marks.ts";
import { richToMarkdown } from "./rich_text.ts";
import { tabbedCells, tableText } from "./tables.ts";

/** Null: it is pasted as the browser does. */
export function pasteChange(field: FieldText, data: DataTransfer): FieldChange | null {
  const plain = data.getData("text/plain");
  if (isInCode(field)) return null;
  const link = linkOver(field, plain);
  if (link !== null) return link;
  if (isAddress(plain.trim()) || data.types.includes("vscode-editor-data")) return null;
  const markdown = markdownOf(plain, data.getData("text/html"));
  return markdown === null ? null : placed(field, markdown);
}

function markdownOf(plain: string, html: string): string | null {
  const markdown = html === "" ? null : richToMarkdown(html);
  if (markdown !== null) return markdown.trim() === plain.trim() ? null : markdown;
  const cells = tabbedCells(plain);
  return cells && tableText(cells);
}

/** Tables, lists and the like begin on a line of their own. */
function placed({ text, start, end }: FieldText, markdown: string): FieldChange {
  const isBlock = /^(?:\||[-*+] |\d+[.)] |>|#|`{3})/.test(markdown);
  const isWithin = start !== lineAt(text, start).from;
  const insert = isBlock && isWithin ? `\n\n${markdown}` : markdown;
  const caret = start + insert.length;
  return { from: start, to: end, insert, start: caret, end: caret };
}

export function isInCode({ text, start }: FieldText): boolean {
  return openFence(text.slice(0, lineAt(text, start).to)) !== null;
}

/** Whether a pasted text is likely to be read better as a block: code, a log, several lines. */
export function mayBeBlock(pasted: string): boolean {
  const lines = pasted.trim().split("\n");
  if (lines.length < 2 || /^(?:`{3}|~{3})/m.test(pasted)) return false;
  return lines.length > 2 || lines.some(looksLikeCode);
}

function looksLikeCode(line: string): boolean {
  return /^\s{2,}\S|^\t|[;{}]\s*$|=>|\w\(.*\)|^\s*(?:<\/?\w|\/\/|#!|\$ )|[!=]==?|\w+\s=\s/.test(
    line,
  );
}
