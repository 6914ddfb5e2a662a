/**
 * What the text of a message may be: one rule for the server's schema, the composer's button and
 * its counter. Pure; it must not know schemas, which the browser does not load.
 */
import { LIMITS } from "./limits.ts";

/** Symbols and letters that are drawn as a space: of Braille, of music, of hieroglyphs. */
export const BLANKS = "\\u2800\\u{1d159}\\u{13441}\\u{13442}";
/**
 * What is not drawn at all, although Unicode does not count it among the ignorable: marks around
 * annotations, the place of an object, Khitan's filler, what puts hieroglyphs together.
 */
export const UNDRAWN = "\\ufff9-\\ufffc\\u{16fe4}\\u{13430}-\\u{13440}";

/**
 * A character that shows. Without one, a name is a blank that nobody can click or mention; among
 * the letters and symbols are blanks, too: the Hangul fillers and the empty Braille pattern. Emoji
 * that are newer than this runtime are known by their place, which Unicode keeps for them.
 */
export const SHOWS = new RegExp(
  `(?![\\p{Default_Ignorable_Code_Point}${BLANKS}${UNDRAWN}])` +
    "[\\p{L}\\p{N}\\p{P}\\p{S}\\p{Extended_Pictographic}]",
  "u",
);

/** Why a text cannot be a message. */
export type TextFault =
  /** NUL, which ends a text in PostgreSQL, or half a surrogate pair, which is no UTF-8. */
  | "malformed"
  | "empty"
  | "long"
  /** Nothing in it shows. */
  | "blank";

/** Null where the text, trimmed, can be a message. Linear in its length. */
export function textFault(text: string): TextFault | null {
  if (!isClean(text)) return "malformed";
  const trimmed = text.trim();
  if (trimmed === "") return "empty";
  if (isLonger(trimmed, LIMITS.textLength)) return "long";
  return SHOWS.test(trimmed) ? null : "blank";
}

/** Whether the text has more code points than that; a far longer one is not counted. */
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

/** Without what the server refuses anywhere: NUL and halves of surrogate pairs. */
export function cleanText(text: string): string {
  return isClean(text) ? text : text.replace(/\0|\p{Surrogate}/gu, "");
}

/** By an expression: browsers of two years ago have no `isWellFormed`. */
function isClean(text: string): boolean {
  return !/\0|\p{Surrogate}/u.test(text);
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
