/**
 * The parts of a text: code, web addresses, and the rest. Shared by the store, which looks for
 * mentions only in the rest, and the browser, which shows the parts; imports nothing. It knows no
 * members and makes no links.
 */

export type TextPart =
  | { type: "text"; text: string }
  /** A web address as it was written; whether it can be followed is another question. */
  | { type: "address"; text: string }
  /** Code within a line, and a block of it, without their backticks. */
  | { type: "code"; text: string }
  | { type: "block"; text: string };

/** The parts in order, in time linear in the text's length. */
export function textParts(text: string): TextPart[] {
  return blocks(text)
    .flatMap((part) => part.type === "text" ? codeSpans(part.text) : part)
    .flatMap((part) => part.type === "text" ? addresses(part.text) : part);
}

/** A part that was found, and where the text after it begins. */
interface Found {
  part: TextPart;
  start: number;
  end: number;
}

/** The parts found, in order, and the text between them. */
function withTextBetween(text: string, found: Iterable<Found>): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { part, start, end } of found) {
    if (start > from) parts.push({ type: "text", text: text.slice(from, start) });
    parts.push(part);
    from = end;
  }
  if (from < text.length) parts.push({ type: "text", text: text.slice(from) });
  return parts;
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

/**
 * Characters that end an address: spaces, quotes, invisible characters (with them a link could lead
 * elsewhere than it says, or reverse the text after it), and the punctuation and brackets of
 * scripts that put no space around an address: `（https://example.com/foo）。`
 */
const NOT_ASCII = "(?![\\p{C}\\p{Z}\\p{Ps}\\p{Pe}\\p{Pi}\\u201d\\u00bb\\u203a" +
  "\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u2800\\u3164\\uffa0" +
  "\\u3000-\\u3004\\u3008-\\u3020\\u3030\\u303d\\u30fb" +
  "\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65])[^\\0-\\x7f]";

/** Longer than any that becomes a link (`lib/ui/text.ts`): each is scanned once from its start. */
const LONGEST = 2_100;

/** Must not continue a word, so "xhttp://" is none; `请看https://…` has no space there. */
const ADDRESS = "(?<![\\p{Script=Latin}\\p{N}_])https?://" +
  `(?:[!#-;=?-_a-~]|${NOT_ASCII}){1,${LONGEST}}`;

function addresses(text: string): TextPart[] {
  return /:\/\//.test(text) ? withTextBetween(text, findAddresses(text)) : [{ type: "text", text }];
}

function* findAddresses(text: string): Iterable<Found> {
  const pattern = new RegExp(ADDRESS, "giu");
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const address = withoutSentence(upToUnopenedBracket(match[0]));
    // The part cut off may contain another: `[https://example.com](https://example.com)`.
    pattern.lastIndex = match.index + address.length;
    if (address.endsWith("//")) continue;
    const part: TextPart = { type: "address", text: address };
    yield { part, start: match.index, end: match.index + address.length };
  }
}

/** A closing bracket belongs to the address only if the address opened it. */
function upToUnopenedBracket(address: string): string {
  const open: string[] = [];
  for (let at = 0; at < address.length; at++) {
    const opens = "([{".indexOf(address[at]!);
    if (opens !== -1) open.push(")]}"[opens]!);
    else if (")]}".includes(address[at]!) && open.pop() !== address[at]) {
      return address.slice(0, at);
    }
  }
  return address;
}

/** A sentence's punctuation, in any script, and its formatting do not belong to the address. */
function withoutSentence(address: string): string {
  let end = address.length;
  while (end > 0 && /[.,;:!?'*_~|`([{\\]|[^\0-\x7f]/.test(address[end - 1]!)) {
    if (address[end - 1]! > "\x7f" && !/\p{P}/u.test(address[end - 1]!)) break;
    end--;
  }
  return address.slice(0, end);
}
