/**
 * What names may be, and when two of them are the same: one rule for the schemas, the store and
 * the browser. Pure; it must not know schemas, which the browser does not load, nor who has a name.
 *
 * Whoever sends a name may be anybody: each function bounds it before it does what takes longer
 * than its length, such as normalising, which is quadratic in combining marks.
 */
import { LIMITS } from "./limits.ts";
import { BLANKS, codePoints, isLonger, SHOWS, UNDRAWN } from "./text.ts";

/** Why something cannot be a name. */
export type NameFault =
  /** Half a surrogate pair, which is no UTF-8. */
  | "malformed"
  | "too_short"
  | "too_long"
  /** A control character, a line's end among them. */
  | "controls"
  /** Nothing in it shows. */
  | "blank"
  /** A username with other characters than letters, digits, `_`, `.` and `-`. */
  | "characters"
  /** A username with a character that nobody sees. */
  | "invisible";

/** Code points, both included. */
export interface NameLength {
  min: number;
  max: number;
}

export const ROOM_NAME: NameLength = { min: 1, max: LIMITS.roomNameLength };
export const TOPIC: NameLength = { min: 0, max: LIMITS.topicLength };
export const DISPLAY_NAME: NameLength = { min: 1, max: LIMITS.displayNameLength };
export const PASSWORD: NameLength = { min: LIMITS.passwordMin, max: LIMITS.passwordMax };
export const USERNAME: NameLength = { min: LIMITS.usernameMin, max: LIMITS.usernameMax };

/**
 * UTF-16 units of what may become one code point: a letter and three marks, of two units each.
 * More than this for each is refused before it is looked at.
 */
const UNITS_EACH = 8;

/**
 * How many UTF-16 units an input must let through, so that it cuts nothing that would be taken: one
 * counts otherwise than we do, and before the name is brought into its form.
 */
export function unitsOf({ max }: NameLength): number {
  return UNITS_EACH * max;
}

/** The longest name that there is, in UTF-16 units, with room for what its key expands to. */
const LONGEST = UNITS_EACH * LIMITS.topicLength;

const NOT_SEEN = new RegExp(`[\\p{Default_Ignorable_Code_Point}${BLANKS}${UNDRAWN}]`, "u");
const SPACES = new RegExp(`[\\s${BLANKS}]+`, "gu");
const IGNORABLES = /\p{Default_Ignorable_Code_Point}+/gu;
const CHANGES = /\p{Changes_When_NFKC_Casefolded}/u;
const CASED = /\p{Changes_When_Casefolded}/gu;
const CHEROKEE = /\p{Script=Cherokee}/u;

/**
 * The form in which names are compared, Unicode's NFKC_Casefold: without case, compatibility
 * forms as one, nothing invisible. Two names are the same when their keys are. Of what is longer
 * than any name, the beginning counts.
 */
export function nameKey(name: string): string {
  let key = name.slice(0, LONGEST).normalize("NFC");
  // Most names, and most of what stands behind an "@" in a text, are keys already. Folding can make
  // what composes anew, and composing what folds: twice is the most there is.
  for (let round = 0; round < 4 && CHANGES.test(key); round++) {
    key = foldCase(key.normalize("NFKC")).replace(IGNORABLES, "").normalize("NFKC");
  }
  return key;
}

/**
 * Unicode's full case folding. Letter by letter, because a word's last sigma is written otherwise;
 * up and down, because ß has an upper form and ſ a lower one. Cherokee folds to its upper letters.
 */
function foldCase(text: string): string {
  return text.replace(
    CASED,
    (letter) =>
      CHEROKEE.test(letter)
        ? letter.toUpperCase()
        : letter.toLowerCase().toUpperCase().toLowerCase(),
  );
}

/** What is wrong with a name that people give, once it is cleaned; null where it is a name. */
export function nameFault(name: string, length: NameLength): NameFault | null {
  const early = earlyFault(name, length);
  if (early !== null) return early;
  const clean = cleanName(name);
  // Before the spaces are made one: a line's end is no space.
  if (/\p{Cc}/u.test(name)) return "controls";
  if (clean === "") return length.min === 0 && name.trim() === "" ? null : emptyFault(name);
  if (isLonger(clean, length.max)) return "too_long";
  return SHOWS.test(clean) ? null : "blank";
}

function emptyFault(name: string): NameFault {
  return name.trim() === "" ? "too_short" : "blank";
}

/** What can be said without touching more than the ends. */
function earlyFault(name: string, { max }: NameLength): NameFault | null {
  if (name.length > unitsOf({ min: 0, max })) return "too_long";
  return name.isWellFormed() ? null : "malformed";
}

/**
 * Invisible characters with a reason to be in a name: flags of regions (🏴󠁧󠁢󠁥󠁮󠁧󠁿), joined emoji
 * (👩‍💻), how an emoji or an ideograph is drawn (❤️, 葛󠄀), joiners after a virama or between letters
 * of the scripts that join (می‌خواهم), Mongolian's choice of forms, how hieroglyphs are put together.
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
  // A virama that ends a name is told to stay as it is: Malayalam's and Bengali's final letters.
  "(?<=[\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d4d\\u0dca])[\\u200c\\u200d]",
];

let invisible: RegExp | undefined;

/** Made with the first name: a page needs none of it. */
function invisibleParts(): RegExp {
  return invisible ??= new RegExp(
    `(${KEPT.join("|")})|[\\p{Default_Ignorable_Code_Point}${UNDRAWN}]`,
    "gu",
  );
}

/**
 * A name as it is kept: one normal form, on one line, without spaces that are not seen and without
 * the invisible characters that could make two names of one. Embeddings, overrides and isolates are
 * among these: they turn what stands after the name, too, and make "exe.gpj" read as "jpg.exe"
 * (Boucher and Anderson, Trojan Source, 2021). Only for what `nameFault` takes.
 */
export function cleanName(name: string): string {
  return name.normalize("NFC").replace(invisibleParts(), "$1").replace(SPACES, " ").trim()
    .normalize("NFC");
}

/** What is wrong with a username; null where it can be one. */
export function usernameFault(name: string): NameFault | null {
  const early = earlyFault(name, USERNAME);
  if (early !== null) return early;
  if (NOT_SEEN.test(name)) return "invisible";
  const username = cleanUsername(name);
  const length = codePoints(username);
  if (length < USERNAME.min) return "too_short";
  if (length > USERNAME.max) return "too_long";
  if (!/^[\p{L}\p{M}\p{N}_.-]+$/u.test(username)) return "characters";
  return /[\p{L}\p{N}]/u.test(username) ? null : "blank";
}

/** A username as it is kept. Only for what `usernameFault` takes. */
export function cleanUsername(name: string): string {
  return name.normalize("NFKC");
}

/** What is wrong with a password's shape; whether it is a good one is asked elsewhere. */
export function passwordFault(password: string): "malformed" | "too_short" | "too_long" | null {
  if (isLonger(password, PASSWORD.max)) return "too_long";
  if (codePoints(password) < PASSWORD.min) return "too_short";
  return password.isWellFormed() ? null : "malformed";
}

/** Blanks of any script, what nobody sees, and before a name an `@` of any width. */
const BEFORE_LOGIN = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}@＠﹫]+/u;
const AFTER_LOGIN = /[\p{White_Space}\p{Default_Ignorable_Code_Point}]+$/u;

/**
 * The username that somebody means who signs in: phones add a blank after a word that they complete,
 * and the chat itself writes names with an `@`. No username holds either.
 */
export function loginName(typed: string): string {
  return typed.replace(BEFORE_LOGIN, "").replace(AFTER_LOGIN, "");
}
