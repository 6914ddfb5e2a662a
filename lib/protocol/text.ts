/**
 * What the text of a message may be: one rule for the server's schema, the composer's button and
 * its counter. Pure; it must not know schemas, which the browser does not load.
 */
import { LIMITS } from "./limits.ts";

/** Symbols and letters drawn as a space: Braille, musical, hieroglyphic. */
export const BLANKS = "\\u2800\\u{1d159}\\u{13441}\\u{13442}";
/**
 * Characters that are not drawn, although Unicode does not call them ignorable: annotation marks,
 * the object placeholder, the Khitan filler, hieroglyph joiners.
 */
export const UNDRAWN = "\\ufff9-\\ufffc\\u{16fe4}\\u{13430}-\\u{13440}";

/**
 * A visible character. Without one, a name is a blank that nobody can click or mention; some
 * letters and symbols are blank too: the Hangul fillers and the empty Braille pattern. Emoji newer
 * than this runtime are recognised by their range, which Unicode reserves for them.
 */
export const SHOWS = new RegExp(
  `(?![\\p{Default_Ignorable_Code_Point}${BLANKS}${UNDRAWN}])` +
    "[\\p{L}\\p{N}\\p{P}\\p{S}\\p{Extended_Pictographic}]",
  "u",
);

/** Why a text cannot be a message. */
export type TextFault =
  /** NUL, which PostgreSQL cannot store in text, or a lone surrogate, which is not valid UTF-8. */
  | "malformed"
  | "empty"
  | "long"
  /** Nothing in it is visible. */
  | "blank";

/** Null if the text, trimmed, can be a message. Linear in its length. */
export function textFault(text: string): TextFault | null {
  if (!isClean(text)) return "malformed";
  const trimmed = text.trim();
  if (trimmed === "") return "empty";
  if (isLonger(trimmed, LIMITS.textLength)) return "long";
  return SHOWS.test(trimmed) ? null : "blank";
}

/** Whether the text has more code points than `limit`; does not count a far longer one. */
export function isLonger(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  // A code point takes one or two UTF-16 units.
  return text.length > 2 * limit || codePoints(text) > limit;
}

/** The length that people and the protocol count: 👍 is one. */
export function codePoints(text: string): number {
  let count = text.length;
  for (let at = 1; at < text.length; at++) {
    if (isLow(text.charCodeAt(at)) && isHigh(text.charCodeAt(at - 1))) count--;
  }
  return count;
}

/** Drops what the server always refuses: NUL and lone surrogates. */
export function cleanText(text: string): string {
  return isClean(text) ? text : text.replace(/\0|\p{Surrogate}/gu, "");
}

/** By a regular expression: browsers from two years ago have no `isWellFormed`. */
function isClean(text: string): boolean {
  return !/\0|\p{Surrogate}/u.test(text);
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
