/**
 * A text field as something that is edited: what it holds, and a change to it. It must not know what
 * the text is for.
 */
import { insertText } from "../parts/insert_text.ts";

/** What a field holds, and what is selected in it: offsets in UTF-16 units. */
export interface FieldText {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Puts `insert` in place of what stands from `from` to `to`; then selects `start` to `end`. */
export interface FieldChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly start: number;
  readonly end: number;
}

export function fieldText(field: HTMLTextAreaElement): FieldText {
  return { text: field.value, start: field.selectionStart, end: field.selectionEnd };
}

/** What the field holds after the change. */
export function changed({ text }: FieldText, change: FieldChange): FieldText {
  const { from, to, insert, start, end } = change;
  return { text: text.slice(0, from) + insert + text.slice(to), start, end };
}

/** Makes the change as if the user had typed it: it can be undone, and `input` follows. */
export function makeChange(field: HTMLTextAreaElement, change: FieldChange): void {
  insertText(field, change.from, change.to, change.insert);
  field.setSelectionRange(change.start, change.end);
}

/** One replacement of several in the same text. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/**
 * Several replacements, in order and apart from each other, as one change: it is undone at once.
 * What is put in at the edges of the selection stays outside of it; the caret goes behind it.
 */
export function joined({ text, start, end }: FieldText, pieces: readonly Piece[]): FieldChange {
  const from = pieces[0]?.from ?? start;
  const to = pieces.at(-1)?.to ?? start;
  let insert = "";
  let at = from;
  for (const piece of pieces) {
    insert += text.slice(at, piece.from) + piece.insert;
    at = piece.to;
  }
  const isCaret = start === end;
  return { from, to, insert, start: moved(pieces, start, true), end: moved(pieces, end, isCaret) };
}

/** Where an offset is after the replacements; `behind` what is put in right there, or before it. */
function moved(pieces: readonly Piece[], offset: number, behind: boolean): number {
  let by = 0;
  for (const { from, to, insert } of pieces) {
    if (from > offset || (from === offset && !behind)) break;
    by += insert.length - (Math.min(to, offset) - from);
  }
  return offset + by;
}

/** Where the line with this offset begins, and where it ends, without its break. */
export function lineAt(text: string, offset: number): { from: number; to: number } {
  const to = text.indexOf("\n", offset);
  return { from: text.lastIndexOf("\n", offset - 1) + 1, to: to === -1 ? text.length : to };
}

/** The lines that a selection touches; the last not if the selection ends before its first letter. */
export function linesOf({ text, start, end }: FieldText): { from: number; to: number }[] {
  const last = end > start && text[end - 1] === "\n" ? end - 1 : end;
  const lines = [];
  for (let at = start; at <= last;) {
    const line = lineAt(text, at);
    lines.push(line);
    at = line.to + 1;
  }
  return lines;
}
