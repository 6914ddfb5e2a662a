/**
 * The words by which people are found, and the form in which they are compared: without case and
 * accents, in any script. The store's index and the browser's lists use the same rule. It is for
 * finding only: names are the same when their keys are.
 */
import { atFirstUse } from "./first_use.ts";

/**
 * UTF-16 units of a text that are read: ordering marks is quadratic, so longer text is cut first.
 */
const LONGEST_TEXT = 160;
/** UTF-16 units kept of a word, in a name or a query. */
const LONGEST_WORD = 40;
/** Words of a name, and of a query. The rest is ignored. */
const MOST_WORDS = 160;
const MOST_QUERY_WORDS = 6;

/**
 * Letters with a stroke and the like: Unicode does not decompose them, but people who type them do.
 * And forms of one letter that differ between keyboards: in Arabic, Persian and Greek, and the
 * apostrophe.
 */
const PLAIN: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  ð: "d",
  ø: "o",
  þ: "th",
  đ: "d",
  ħ: "h",
  ı: "i",
  ł: "l",
  œ: "oe",
  ŧ: "t",
  ς: "σ",
  ى: "ي",
  ی: "ي",
  ک: "ك",
  ʼ: "'",
};
const NOT_PLAIN = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "g");

/** Patterns of Unicode's properties: a start would wait for them for 1 ms. */
const patterns = atFirstUse(() => ({
  /**
   * Accents and vowel points of the scripts that are also written without them. The voicing marks
   * of kana stay, as the vowels of Devanagari and Thai do: without them it is another word.
   */
  accents:
    /(?![\u3099\u309a])(?=\p{Mn})[\p{sc=Inherited}\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}]/gu,
  /** The lengthening stroke of Arabic, and invisible characters that join or separate letters. */
  unseen: /[\u0640\p{Default_Ignorable_Code_Point}]/gu,
  word: /[\p{L}\p{M}\p{N}\p{So}]+/gu,
  /** Scripts that do not separate words by spaces, and Hangul syllables. */
  unparted:
    /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u,
  /** Vowels and finals of a decomposed syllable, and marks: no word begins with one. */
  noBeginning: /[\u1160-\u11ff\p{M}]/u,
}));
/** Inside a word they may be written or not: O’Brien and obrien. */
const INNER = /['’‘`_.\-‐‑]/gu;

/** The form in which words are compared. */
export function foldForSearch(text: string): string {
  const short = text.slice(0, LONGEST_TEXT);
  // Most names and queries match this, and lists of thousands are folded at once.
  if (/^[\x20-\x7e]*$/.test(short)) return short.toLowerCase();
  // To upper case and back: "ß" becomes "ss", and the dotless "ı" becomes "i".
  const { unseen, accents } = patterns();
  return short.normalize("NFKD").replace(unseen, "").toUpperCase().toLowerCase()
    .normalize("NFKD").replace(accents, "").replace(NOT_PLAIN, (letter) => PLAIN[letter]!);
}

/** Every word by whose beginning a person with this name is found; each once. */
export function wordsOfName(name: string): string[] {
  const folded = foldForSearch(name);
  const { word: wordPattern, unparted } = patterns();
  const found = new Set<string>();
  for (const part of [folded, folded.replace(INNER, "")]) {
    for (const [word] of part.matchAll(wordPattern)) {
      found.add(word.slice(0, LONGEST_WORD));
      if (unparted.test(word)) { for (const rest of endings(word)) found.add(rest); }
    }
  }
  return [...found].slice(0, MOST_WORDS);
}

/** The words of somebody's two names. */
export function wordsOfPerson(person: { username: string; displayName: string }): string[] {
  const words = [...wordsOfName(person.username), ...wordsOfName(person.displayName)];
  return [...new Set(words)];
}

/** The words of a query: each must be the beginning of one of the name's words. */
export function wordsOfQuery(query: string): string[] {
  const words = Array.from(foldForSearch(query).matchAll(patterns().word), ([word]) => word);
  return [...new Set(words.map((word) => word.slice(0, LONGEST_WORD)))].slice(0, MOST_QUERY_WORDS);
}

/** Whether the words of a name match the words of a query. */
export function answers(words: readonly string[], query: readonly string[]): boolean {
  return query.every((asked) => words.some((word) => word.startsWith(asked)));
}

/** The rest of a word from each place in it where another word may begin. */
function endings(word: string): string[] {
  const found: string[] = [];
  const letters = [...word];
  const { unparted, noBeginning } = patterns();
  for (let at = 1; at < letters.length; at++) {
    if (!unparted.test(letters[at]!) || noBeginning.test(letters[at]!)) continue;
    found.push(letters.slice(at).join("").slice(0, LONGEST_WORD));
  }
  return found;
}
