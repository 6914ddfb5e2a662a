/**
 * Cuts a message's text into what can be shown: plain text, links, mentions, code. It makes no
 * markup: views turn the pieces into elements, so that no text can ever become an element.
 */
import { mentionCandidates, mentionKeys, usernameKey } from "../protocol/mentions.ts";

export type TextPiece =
  | { type: "text"; text: string }
  /** `href` is http: or https: and nothing else. */
  | { type: "link"; text: string; href: string }
  | { type: "mention"; text: string; userId: number }
  | { type: "code"; text: string }
  | { type: "block"; text: string };

/** `mentioned`: the users the server found in the text, by `usernameKey`. */
export function tokenize(text: string, mentioned: ReadonlyMap<string, number>): TextPiece[] {
  return cut(text, BLOCK, blockPiece)
    .flatMap((piece) => piece.type === "text" ? cut(piece.text, CODE, codePiece) : piece)
    .flatMap((piece) => piece.type === "text" ? cut(piece.text, LINK, linkPiece) : piece)
    .flatMap((piece) => piece.type === "text" ? mentions(piece.text, mentioned) : piece);
}

/** The mentioned users by the key under which `tokenize` looks for them. */
export function mentionIndex(
  ids: readonly number[],
  username: (id: number) => string | undefined,
): Map<string, number> {
  const index = new Map<string, number>();
  for (const id of ids) {
    const name = username(id);
    if (name !== undefined) index.set(usernameKey(name), id);
  }
  return index;
}

/** The line breaks around a block belong to it. */
const BLOCK = /\n?```(?:[\w+#.-]{0,20}\n)?([^]*?)```\n?/g;
const CODE = /`([^`\n]+)`/g;
/** Begins where no word goes on, so that "xhttp://" is none; ends before spaces and quotes. */
const LINK = /(?<![\p{L}\p{N}])https?:\/\/[^\s<>"«»“”„]+/giu;

/** Characters. Longer ones stay text: browsers and servers cut them, and nobody can read them. */
const LONGEST_ADDRESS = 2_048;

/** Turns each match into a piece, or leaves it as text; what lies between stays text. */
function cut(
  text: string,
  pattern: RegExp,
  make: (match: RegExpMatchArray) => { piece: TextPiece; length: number } | null,
): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const made = make(match);
    if (!made) continue;
    if (match.index! > from) pieces.push({ type: "text", text: text.slice(from, match.index) });
    pieces.push(made.piece);
    from = match.index! + made.length;
  }
  if (from < text.length) pieces.push({ type: "text", text: text.slice(from) });
  return pieces;
}

function blockPiece(match: RegExpMatchArray) {
  const code = match[1]!.replace(/^\n|\n$/g, "");
  return code.trim() === ""
    ? null
    : { piece: { type: "block" as const, text: code }, length: match[0].length };
}

function codePiece(match: RegExpMatchArray) {
  return { piece: { type: "code" as const, text: match[1]! }, length: match[0].length };
}

function linkPiece(match: RegExpMatchArray) {
  const text = withoutTrailingPunctuation(match[0]);
  const href = text.length > LONGEST_ADDRESS ? null : safeHref(text);
  return href === null
    ? null
    : { piece: { type: "link" as const, text, href }, length: text.length };
}

/**
 * A sentence's end is not the address's; a closing bracket is, where the address opened it. The
 * brackets are counted once: counting anew for each that goes would let one message of ".).).)"
 * hold up a page for half a second.
 */
function withoutTrailingPunctuation(address: string): string {
  const unopened = unopenedBrackets(address);
  let end = address.length;
  while (end > 0) {
    const last = address[end - 1]!;
    const spare = unopened.get(last);
    if (spare !== undefined) {
      if (spare <= 0) break;
      unopened.set(last, spare - 1);
    } else if (!".,;:!?'’*_~…".includes(last)) break;
    end--;
  }
  return address.slice(0, end);
}

/** By closing bracket: how many more of it there are than of its opening one. */
function unopenedBrackets(address: string): Map<string, number> {
  const unopened = new Map([[")", 0], ["]", 0], ["}", 0]]);
  for (const character of address) {
    const opens = "([{".indexOf(character);
    const close = opens === -1 ? character : ")]}"[opens]!;
    const count = unopened.get(close);
    if (count !== undefined) unopened.set(close, count + (opens === -1 ? 1 : -1));
  }
  return unopened;
}

/** Only what the browser itself reads as http or https: "javascript:" and "data:" run as code. */
export function safeHref(address: string): string | null {
  try {
    const url = new URL(address);
    return (url.protocol === "http:" || url.protocol === "https:") && url.hostname !== ""
      ? url.href
      : null;
  } catch {
    return null;
  }
}

function mentions(text: string, mentioned: ReadonlyMap<string, number>): TextPiece[] {
  if (mentioned.size === 0 || !text.includes("@")) return [{ type: "text", text }];
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const { index, name } of mentionCandidates(text)) {
    const key = mentionKeys(name).find((key) => mentioned.has(key));
    if (key === undefined) continue;
    const end = index + 1 + (key === usernameKey(name) ? name.length : nameLength(name));
    if (index > from) pieces.push({ type: "text", text: text.slice(from, index) });
    pieces.push({ type: "mention", text: text.slice(index, end), userId: mentioned.get(key)! });
    from = end;
  }
  if (from < text.length) pieces.push({ type: "text", text: text.slice(from) });
  return pieces;
}

function nameLength(name: string): number {
  return name.replace(/[.-]+$/, "").length;
}
