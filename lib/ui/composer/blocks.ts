/**
 * Whole lines made a quote, a list or a block of code, and made lines again. Pure: from what the field
 * holds to a change of it.
 */
import { type FieldChange, type FieldText, joined, lineAt, linesOf, type Piece } from "./field.ts";
import { fenceFor, itemMarker } from "./markers.ts";

export type Lines = "quote" | "bullets" | "numbers";

/** Takes off what all lines have; else puts it on all. */
export function toggleLines(field: FieldText, kind: Lines): FieldChange {
  const { text } = field;
  const all = linesOf(field);
  const lines = all.filter(({ from, to }) =>
    all.length === 1 || text.slice(from, to).trim() !== ""
  );
  const heads = lines.map(({ from, to }) => headOf(text.slice(from, to), kind));
  const off = heads.every((length) => length > 0);
  const pieces = lines.map(({ from, to }, at): Piece => {
    if (off) return { from, to: from + heads[at]!, insert: "" };
    if (kind === "quote") return { from, to: from, insert: "> " };
    const item = itemMarker(text.slice(from, to));
    const indent = /^[ \t]*/.exec(text.slice(from, to))![0];
    const insert = indent + (kind === "bullets" ? "- " : `${at + 1}. `);
    return { from, to: from + (item?.length ?? indent.length), insert };
  });
  const change = joined(field, pieces);
  if (field.start === field.end) return change;
  return { ...change, start: change.from };
}

/** How much of the line says that it is one of these. */
function headOf(line: string, kind: Lines): number {
  if (kind === "quote") return /^ {0,3}> ?/.exec(line)?.[0].length ?? 0;
  const item = itemMarker(line);
  return item !== null && (item.number === null) === (kind === "bullets") ? item.length : 0;
}

/** Puts the selected lines between fences; between fences already, takes these away. */
export function toggleBlock(field: FieldText): FieldChange {
  const { text } = field;
  const lines = linesOf(field);
  const from = lines[0]!.from;
  const to = lines.at(-1)!.to;
  const around = fencesAround(text, from, to);
  if (around !== null) {
    const insert = text.slice(from, to);
    return { ...around, insert, start: around.from, end: around.from + insert.length };
  }
  return blockOf(text, from, to, text.slice(from, to));
}

/** What stands from `from` to `to` is replaced by a block with this code, on lines of its own. */
export function blockOf(text: string, from: number, to: number, code: string): FieldChange {
  const fence = fenceFor(code);
  const before = from === 0 || text[from - 1] === "\n" ? "" : "\n";
  const after = to === text.length ? "" : text[to] === "\n" ? "" : "\n";
  const head = `${before}${fence}\n`;
  const insert = `${head}${code.replace(/\n$/, "")}\n${fence}${after}`;
  const start = from + head.length;
  return { from, to, insert, start, end: start + code.replace(/\n$/, "").length };
}

function fencesAround(text: string, from: number, to: number): { from: number; to: number } | null {
  if (from === 0 || to === text.length) return null;
  const [above, below] = [lineAt(text, from - 1), lineAt(text, to + 1)];
  const isFence = (line: { from: number; to: number }) =>
    /^(?:`{3,}|~{3,})[^`]*$/.test(text.slice(line.from, line.to));
  return isFence(above) && isFence(below) ? { from: above.from, to: below.to } : null;
}
