/**
 * A text without its marks, as one line for places that have room for no more (quotes, previews,
 * titles, notices), or with its lines for lists of messages. An impression of what it says, by
 * rules so simple that no page waits for them. Pure.
 */
import { cut } from "../../protocol/graphemes.ts";
import { hasMarkup } from "../../protocol/markup.ts";

/** Graphemes: more than a quote's line has room for. */
const SHOWN = 160;
/** Units for each of these in a text with marks: its rules cost the square of what they look at. */
const LOOKED_THROUGH = 12;

export function plainLine(text: string, most = SHOWN): string {
  const start = text.slice(0, 40 * most);
  const said = hasMarkup(start) ? withoutMarks(text.slice(0, LOOKED_THROUGH * most)) : start;
  return cut(said.replace(/\s+/g, " ").trim(), most);
}

/** The same with its lines, and whole. */
export function plainLines(text: string): string {
  if (!hasMarkup(text)) return text;
  return withoutMarks(text).replace(/[ \t]+$/gm, "").replace(/\n{3,}/g, "\n\n").replace(
    /^\n+|\s+$/g,
    "",
  );
}

/** Each with what is left of it. In order: what stands between marks may have marks itself. */
const MARKS: [RegExp, string][] = [
  // What opens and closes code, and the line below a table's head.
  [/^ {0,3}(?:`{3}|~{3}).*$|^[ \t|:]*-[-|: \t]*$/gm, ""],
  [/^[ \t]*(?:(?:>|#{1,6}|[-+*](?: \[[ x]\])?)(?:[ \t]+|$))+/gim, ""],
  [/!?\[([^\]\n]*)\]\([^)\n]*\)/g, "$1"],
  [/(\*{1,3}|~{1,2}|`+)(?=\S)([^]{0,400}?\S)\1/g, "$2"],
  [/(\*{1,2})(?=\S)([^]{0,400}?\S)\1/g, "$2"],
  [/(^|[^\p{L}\p{N}_])(_{1,3})(?=\S)(.{0,200}?\S)\2(?![\p{L}\p{N}_])/gu, "$1$3"],
  [/\\([!-/:-@[-`{-~])/g, "$1"],
];

function withoutMarks(text: string): string {
  return MARKS.reduce((rest, [mark, left]) => rest.replace(mark, left), text);
}
