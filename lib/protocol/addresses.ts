/**
 * Web addresses in a text: where they begin and where a reader would say they end. Shared by the
 * store, which looks for mentions beside them, and the browser, which shows them; imports nothing.
 * Whether one can be followed is another question.
 */

export type TextPart =
  | { type: "text"; text: string }
  /** A web address as it was written; whether it can be followed is another question. */
  | { type: "address"; text: string }
  /** Code within a line, and a block of it, without their backticks. */
  | { type: "code"; text: string }
  | { type: "block"; text: string };

/** The parts of a text in which nothing is code: addresses, and what is between them. */
export function withoutCode(text: string): TextPart[] {
  const addresses = findAddresses(text);
  return addresses.length === 0 ? [{ type: "text", text }] : withTextBetween(
    text,
    addresses.map(({ start, end }) => ({
      part: { type: "address", text: text.slice(start, end) },
      start,
      end,
    })),
  );
}

/** A part that was found, and where the text after it begins. */
export interface Found {
  part: TextPart;
  start: number;
  end: number;
}

/** The parts found, in order, and the text between them. */
export function withTextBetween(text: string, found: Iterable<Found>): TextPart[] {
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

/**
 * Characters that end an address: spaces, quotes, invisible characters (with them a link could lead
 * elsewhere than it says, or reverse the text after it), and the punctuation and brackets of
 * scripts that put no space around an address: `（https://example.com/foo）。`
 */
const NOT_ASCII = "(?![\\p{C}\\p{Z}\\p{Ps}\\p{Pe}\\p{Pi}\\u201d\\u00bb\\u203a" +
  "\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u2800\\u3164\\uffa0" +
  "\\u3000-\\u3004\\u3008-\\u3020\\u3030\\u303d\\u30fb" +
  "\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65])[^\\0-\\x7f]";

/** Longer than any that becomes a link (`lib/ui/text/links.ts`): each is scanned once from its start. */
const LONGEST = 2_100;

/** Must not continue a word, so "xhttp://" is none; `请看https://…` has no space there. */
const ADDRESS = "(?<![\\p{Script=Latin}\\p{N}_])https?://" +
  `(?:[!#-;=?-_a-~]|${NOT_ASCII}){1,${LONGEST}}`;

/** Where an address stands in a text. */
export interface AddressRange {
  start: number;
  end: number;
}

/** The addresses of a text, in order, in time linear in its length. */
export function findAddresses(text: string): AddressRange[] {
  const found: AddressRange[] = [];
  if (!text.includes("://")) return found;
  const pattern = new RegExp(ADDRESS, "giu");
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const address = withoutSentence(upToUnopenedBracket(match[0]));
    // The part cut off may contain another: `[https://example.com](https://example.com)`.
    pattern.lastIndex = match.index + address.length;
    if (!address.endsWith("//")) found.push({ start: match.index, end: pattern.lastIndex });
  }
  return found;
}

/** The address with which the text begins; null where it begins with none. */
export function addressAtStart(text: string): string | null {
  const [whole] = new RegExp(ADDRESS, "iuy").exec(text) ?? [];
  const address = whole === undefined ? "" : withoutSentence(upToUnopenedBracket(whole));
  return address === "" || address.endsWith("//") ? null : address;
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
