/**
 * Which names a text mentions. Shared by the store, which resolves them to members, and the
 * browser, which shows them; knows no members.
 */
import { atFirstUse } from "./first_use.ts";
import { nameKey } from "./names.ts";

/**
 * Letters of scripts without spaces between words, and Hangul, which attaches particles to a name.
 * Next to them a mention may begin and end within a run of letters.
 */
const UNSPACED = "[" +
  ["Han", "Hira", "Kana", "Bopo", "Hang", "Thai", "Laoo", "Khmr", "Mymr", "Tibt", "Yiii"]
    .map((script) => `\\p{scx=${script}}`).join("") +
  "]";

const AT = "[@\uff20\ufe6b]";
const NAME = "[\\p{L}\\p{M}\\p{N}_.-]";

/**
 * Not after what may end the first half of an address such as `me@example.org`. An underscore
 * counts by what precedes it: `_@ann_` is emphasis. Selectors and keycaps belong to emoji.
 */
const START =
  `(?<!(?:(?!${UNSPACED}|[\\ufe0e\\ufe0f\\u20e3])[\\p{L}\\p{M}\\p{N}.+/-]|${AT})_*)${AT}`;

const mention = atFirstUse(() => new RegExp(`${START}(${NAME}{3,})`, "gu"));

/** After a name, it makes an address of another network, `@ann@example.social`. */
const elsewhere = atFirstUse(() => new RegExp(`^${AT}[\\p{L}\\p{N}-]+\\.\\p{L}`, "u"));

const unfinished = atFirstUse(() => new RegExp(`${START}(${NAME}{0,32})$`, "u"));

/** Letters in a name. Each may be written with a mark that folding joins to it. */
const LETTERS = 32;
const LONGEST = 2 * LETTERS;
/** Full stops and dashes a name itself may end with, before those of the sentence. */
const MOST_MARKS = 3;

/**
 * Different names looked up per text: one of 8,000 characters could name 2,000 people and cost as
 * many lookups.
 */
export const MOST_NAMES = 64;
/** And how many keys these may stand for: anything may follow a name without a space. */
export const MOST_KEYS = 1_024;

/** The form in which usernames are compared and unique. */
export function usernameKey(username: string): string {
  return FOLDED.test(username) ? username : nameKey(username);
}

/** Lower-case letters that folding leaves unchanged: most names. */
const FOLDED = /^[a-z\d_.\u0430-\u044f\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3-]*$/;

/** A stretch of text that may mention a user. */
export interface MentionCandidate {
  /** Where the `@` stands. */
  index: number;
  /** The name after it, as written, with everything that may belong to it. */
  name: string;
}

export function mayMention(text: string): boolean {
  return text.includes("@") || /[\uff20\ufe6b]/.test(text);
}

/** Every `@name` in a text without code and addresses, in order. */
export function mentionCandidates(text: string): MentionCandidate[] {
  const found: MentionCandidate[] = [];
  for (const { index, 0: whole, 1: name } of text.matchAll(mention())) {
    const end = index + whole.length;
    if (!elsewhere().test(text.slice(end, end + LONGEST))) found.push({ index, name: name! });
  }
  return found;
}

/** The beginning of a name just before the caret, "" right after an `@`; null if there is none. */
export function unfinishedMention(before: string): string | null {
  return unfinished().exec(before)?.[1] ?? null;
}

/**
 * The parts of a candidate that may be the name, as written, longest first: the whole; the part
 * before a letter of a script without spaces, or at a change to another script ("ann看", "李小龙ok");
 * and each of these without full stops, dashes and underscores at its end ("ask @ann."). At most
 * about a hundred, whatever the text.
 */
export function mentionNames(name: string): string[] {
  const letters = [...name.slice(0, 2 * LONGEST)];
  const names = new Set<string>();
  for (let length = longestName(letters); length >= 3; length--) {
    const whole = length === letters.length && name.length <= 2 * LONGEST;
    if (!whole && !mayEnd(letters[length - 1]!, letters[length]!)) continue;
    for (const one of withFewerMarks(letters.slice(0, length).join(""))) names.add(one);
  }
  return [...names];
}

function longestName(letters: readonly string[]): number {
  let count = 0;
  const end = letters.findIndex((letter) => !/\p{M}/u.test(letter) && ++count > LETTERS);
  return Math.min(end === -1 ? letters.length : end, LONGEST);
}

const unspacedLetter = atFirstUse(() => new RegExp(UNSPACED, "u"));

function mayEnd(last: string, next: string): boolean {
  return !/\p{M}/u.test(next) && (unspacedLetter().test(next) || unspacedLetter().test(last));
}

function* withFewerMarks(name: string): Iterable<string> {
  yield name;
  const bare = name.replace(/[._-]+$/, "");
  if (bare.length === 0) return;
  const most = Math.min(name.length - bare.length, MOST_MARKS);
  for (let marks = most; marks >= 0; marks--) yield name.slice(0, bare.length + marks);
}

/** The keys that a candidate may stand for, the longest name's first. */
export function mentionKeys(name: string): string[] {
  return [...new Set(mentionNames(name).map(usernameKey))];
}
