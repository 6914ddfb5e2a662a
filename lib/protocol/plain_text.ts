/**
 * The parts of a text: code, web addresses, and the rest. Shared by the store, which looks for
 * mentions only in the rest, and the browser, which shows the parts. It knows no members and makes no
 * links.
 */
import { type Found, type TextPart, withoutCode, withTextBetween } from "./addresses.ts";

export type { TextPart };

/** The parts in order, in time linear in the text's length. */
export function textParts(text: string): TextPart[] {
  return blocks(text)
    .flatMap((part) => part.type === "text" ? codeSpans(part.text) : part)
    .flatMap((part) => part.type === "text" ? withoutCode(part.text) : part);
}

/** The line breaks around a block belong to it. */
const BLOCK = /\n?```(?:[\w+#.-]{0,20}\n)?([^]*?)```\n?/g;

function blocks(text: string): TextPart[] {
  return withTextBetween(text, findBlocks(text));
}

function* findBlocks(text: string): Iterable<Found> {
  for (const match of text.matchAll(BLOCK)) {
    const code = match[1]!.replace(/^\n|\n$/g, "");
    if (code.trim() === "") continue;
    const part: TextPart = { type: "block", text: code };
    yield { part, start: match.index, end: match.index + match[0].length };
  }
}

/** A run of backticks opens code that the next run of the same length on the line closes. */
function codeSpans(text: string): TextPart[] {
  return text.includes("`") ? withTextBetween(text, findCode(text)) : [{ type: "text", text }];
}

function* findCode(text: string): Iterable<Found> {
  const runs = Array.from(text.matchAll(/`+|\n/g), (match) => ({
    start: match.index,
    length: match[0] === "\n" ? 0 : match[0].length,
  }));
  const closers = closingRuns(runs.map((run) => run.length));
  for (let at = 0; at < runs.length; at++) {
    const closer = closers[at];
    if (closer === undefined) continue;
    const { start, length } = runs[at]!;
    const inner = text.slice(start + length, runs[closer]!.start);
    // A space on both sides only separates backticks in the code from those around it.
    const code = length > 1 && /^ .*[^ ].* $/.test(inner) ? inner.slice(1, -1) : inner;
    yield { part: { type: "code", text: code }, start, end: runs[closer]!.start + length };
    at = closer;
  }
}

/** For each run, the next one of the same length; 0 is the end of a line, which ends the search. */
function closingRuns(lengths: readonly number[]): (number | undefined)[] {
  const closers: (number | undefined)[] = Array(lengths.length);
  const next = new Map<number, number>();
  for (let at = lengths.length - 1; at >= 0; at--) {
    const length = lengths[at]!;
    if (length === 0) next.clear();
    else {
      closers[at] = next.get(length);
      next.set(length, at);
    }
  }
  return closers;
}
