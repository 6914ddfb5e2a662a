/**
 * What names may be, and when two names are the same: one rule for the schemas, the store and the
 * browser. Pure; it must not know schemas, which the browser does not load, nor who has a name.
 *
 * Names come from anybody, so each function bounds a name before any work that is more than linear,
 * such as normalising, which is quadratic in combining marks.
 */
import { atFirstUse } from "./first_use.ts";
import { LIMITS } from "./limits.ts";
import { BLANKS, codePoints, isLonger, SHOWS, UNDRAWN } from "./text.ts";

/** Why something cannot be a name. */
export type NameFault =
  /** A lone surrogate, which is not valid UTF-8. */
  | "malformed"
  | "too_short"
  | "too_long"
  /** A control character, such as a line break. */
  | "controls"
  /** Nothing in it is visible. */
  | "blank"
  /** A username with characters other than letters, digits, `_`, `.` and `-`. */
  | "characters"
  /** A username with an invisible character. */
  | "invisible"
  /** A username that means many people at once. */
  | "reserved";

/** Code points, both included. */
export interface NameLength {
  min: number;
  max: number;
}

export const ROOM_NAME: NameLength = { min: 1, max: LIMITS.roomNameLength };
export const TOPIC: NameLength = { min: 0, max: LIMITS.topicLength };
/** What people say of themselves for a while. */
export const STATUS_TEXT: NameLength = { min: 0, max: 100 };
/** The emoji of words that stand without one. */
export const STATUS_SIGN = "💬";
export const THREAD_TITLE: NameLength = { min: 1, max: LIMITS.threadTitleLength };
export const WORKSPACE_NAME: NameLength = { min: 1, max: LIMITS.displayNameLength };
export const DISPLAY_NAME: NameLength = { min: 1, max: LIMITS.displayNameLength };
export const PASSWORD: NameLength = { min: LIMITS.passwordMin, max: LIMITS.passwordMax };
export const USERNAME: NameLength = { min: LIMITS.usernameMin, max: LIMITS.usernameMax };

/**
 * UTF-16 units that may become one code point: a letter and three marks, of two units each. A
 * longer name is refused before it is examined.
 */
const UNITS_EACH = 8;

/**
 * How many UTF-16 units an input field must allow so as not to cut a valid name: a field counts
 * UTF-16 units, and before the name is normalised.
 */
export function unitsOf({ max }: NameLength): number {
  return UNITS_EACH * max;
}

/** The longest possible name, in UTF-16 units, with room for what its key expands to. */
const LONGEST = UNITS_EACH * LIMITS.topicLength;

// Patterns of Unicode's properties are made where a name is looked at: a start, and a page that
// comes to life, would wait for them for 1 ms and more.
const notSeen = atFirstUse(() =>
  new RegExp(`[\\p{Default_Ignorable_Code_Point}${BLANKS}${UNDRAWN}]`, "u")
);
const spaces = atFirstUse(() => new RegExp(`[\\s${BLANKS}]+`, "gu"));

/**
 * The form in which names are compared, Unicode's NFKC_Casefold: without case, with compatibility
 * forms merged and nothing invisible. Two names are the same when their keys are equal. Of text
 * longer than any name, only the beginning counts.
 */
export function nameKey(name: string): string {
  let key = name.slice(0, LONGEST).normalize("NFC");
  // Most names, and most text after an "@", are keys already. Folding can produce what composes
  // again, and composing what folds again: twice is always enough.
  for (let round = 0; round < 4 && /\p{Changes_When_NFKC_Casefolded}/u.test(key); round++) {
    key = foldCase(key.normalize("NFKC")).replace(/\p{Default_Ignorable_Code_Point}+/gu, "")
      .normalize("NFKC");
  }
  return key;
}

/**
 * Unicode's full case folding. Letter by letter, because a word's final sigma differs; to upper and
 * then lower case, because ß has an upper form and ſ a lower one. Cherokee folds to its upper-case
 * letters.
 */
function foldCase(text: string): string {
  return text.replace(
    /\p{Changes_When_Casefolded}/gu,
    (letter) =>
      /\p{Script=Cherokee}/u.test(letter)
        ? letter.toUpperCase()
        : letter.toLowerCase().toUpperCase().toLowerCase(),
  );
}

/** What is wrong with a name people give, once it is cleaned; null if it is valid. */
export function nameFault(name: string, length: NameLength): NameFault | null {
  const early = earlyFault(name, length);
  if (early !== null) return early;
  const clean = cleanName(name);
  // Checked before runs of spaces are merged: a line break is not a space.
  if (/\p{Cc}/u.test(name)) return "controls";
  if (clean === "") return length.min === 0 && name.trim() === "" ? null : emptyFault(name);
  if (isLonger(clean, length.max)) return "too_long";
  return SHOWS.test(clean) ? null : "blank";
}

function emptyFault(name: string): NameFault {
  return name.trim() === "" ? "too_short" : "blank";
}

/** Faults that can be found by looking only at the ends. */
function earlyFault(name: string, { max }: NameLength): NameFault | null {
  if (name.length > unitsOf({ min: 0, max })) return "too_long";
  return name.isWellFormed() ? null : "malformed";
}

/**
 * Invisible characters with a reason to be in a name: flags of regions (🏴󠁧󠁢󠁥󠁮󠁧󠁿), joined emoji
 * (👩‍💻), selectors of an emoji's or ideograph's form (❤️, 葛󠄀), joiners after a virama or between
 * letters of joining scripts (می‌خواهم), Mongolian form selectors, hieroglyph joiners.
 */
const JOINING = "\\p{Script=Arab}\\p{Script=Syrc}\\p{Script=Mong}\\p{Script=Nko}\\p{Script=Deva}" +
  "\\p{Script=Beng}\\p{Script=Guru}\\p{Script=Gujr}\\p{Script=Orya}\\p{Script=Taml}" +
  "\\p{Script=Telu}\\p{Script=Knda}\\p{Script=Mlym}\\p{Script=Sinh}\\p{Script=Khmr}\\p{Script=Mymr}";
const KEPT = [
  "\\u{1f3f4}[\\u{e0030}-\\u{e0039}\\u{e0061}-\\u{e007a}]{3,6}\\u{e007f}",
  "(?<=\\p{Extended_Pictographic}\\ufe0f?\\p{Emoji_Modifier}?)\\u200d(?=\\p{Extended_Pictographic})",
  "(?<=\\p{Extended_Pictographic})[\\ufe0e\\ufe0f]|(?<=[0-9#*])\\ufe0f(?=\\u20e3)",
  "(?<=\\p{Ideographic})[\\ufe00-\\ufe02\\u{e0100}-\\u{e01ef}]",
  `(?<=[${JOINING}])[\\u200c\\u200d](?=[${JOINING}])`,
  "(?<=\\p{Script=Mong})[\\u180b-\\u180f]",
  "(?<=[\\u{13000}-\\u{1342f}])[\\u{13430}-\\u{13440}]",
  // Also a joiner after a virama that ends a name: Malayalam's and Bengali's final letters.
  "(?<=[\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d4d\\u0dca])[\\u200c\\u200d]",
];

const invisibleParts = atFirstUse(() =>
  new RegExp(`(${KEPT.join("|")})|[\\p{Default_Ignorable_Code_Point}${UNDRAWN}]`, "gu")
);

/**
 * A name as it is stored: one normal form, on one line, without extra spaces and without the
 * invisible characters that could make two names look like one. These include embeddings, overrides
 * and isolates, which also reorder the text after the name and make "exe.gpj" read as "jpg.exe"
 * (Boucher and Anderson, Trojan Source, 2021). Only for names that `nameFault` accepts.
 */
export function cleanName(name: string): string {
  return name.normalize("NFC").replace(invisibleParts(), "$1").replace(spaces(), " ").trim()
    .normalize("NFC");
}

/** By their keys: `@here` is everybody who is online, `@room` every member. */
export const GROUP_NAMES: ReadonlySet<string> = new Set(["here", "room"]);

/**
 * What is wrong with a username that somebody wants to have; null if it is valid. Accounts from
 * before a rule keep their names.
 */
export function usernameFault(name: string): NameFault | null {
  const early = earlyFault(name, USERNAME);
  if (early !== null) return early;
  if (notSeen().test(name)) return "invisible";
  const username = cleanUsername(name);
  const length = codePoints(username);
  if (length < USERNAME.min) return "too_short";
  if (length > USERNAME.max) return "too_long";
  if (!/^[\p{L}\p{M}\p{N}_.-]+$/u.test(username)) return "characters";
  if (!/[\p{L}\p{N}]/u.test(username)) return "blank";
  return GROUP_NAMES.has(nameKey(username)) ? "reserved" : null;
}

/** A username as it is stored. Only for names that `usernameFault` accepts. */
export function cleanUsername(name: string): string {
  return name.normalize("NFKC");
}

/** What is wrong with a password's form; whether it is a good one is checked elsewhere. */
export function passwordFault(password: string): "malformed" | "too_short" | "too_long" | null {
  if (isLonger(password, PASSWORD.max)) return "too_long";
  if (codePoints(password) < PASSWORD.min) return "too_short";
  return password.isWellFormed() ? null : "malformed";
}

/**
 * The username a person means when logging in: phones add a space after a completed word, and the
 * chat itself writes names with an `@`. No username contains either, nor spaces of any script,
 * invisible characters, or an `@` of any width.
 */
export function loginName(typed: string): string {
  return typed.replace(/^[\p{White_Space}\p{Default_Ignorable_Code_Point}@＠﹫]+/u, "")
    .replace(/[\p{White_Space}\p{Default_Ignorable_Code_Point}]+$/u, "");
}
