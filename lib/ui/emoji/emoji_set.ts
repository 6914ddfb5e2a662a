/**
 * All emoji, and which of them somebody means by a word of any language that is loaded. Pure; it
 * must not know where the tables come from (`emoji_tables.ts` says what they look like).
 */
import type { CustomEmoji } from "../../protocol/custom_emoji.ts";
import { customSign } from "../../protocol/emoji_names.ts";

export interface Emoji {
  readonly emoji: string;
  /** Unicode's group: 0 for smileys, 9 for flags; or `CUSTOM`. */
  readonly group: number;
  /** Of Unicode's set of emoji, which brought it. */
  readonly version: number;
  /** Whether there is one for each skin tone. */
  readonly toned: boolean;
  /** The `:names:` without colons, the best known first. */
  readonly names: readonly string[];
  /** What it is called, by language; English is always there. */
  readonly label: string;
  readonly russian: string;
  /** Folded, to be searched: what it is called, and all its words, each between spaces. */
  readonly titles: readonly string[];
  readonly titleWords: string;
  readonly words: string;
  /** The address of a custom one's picture. */
  readonly picture?: string;
}

/** The group of custom emoji: before all others. */
export const CUSTOM = -1;

/** Those that most people mean, where a word says no more. */
export const COMMON =
  "👍 👎 ❤️ 😂 🙂 😉 😍 🤔 😮 😢 😭 😡 🎉 🙏 👏 🙌 💪 👀 🤝 👋 ✅ ❌ ❓ ❗ ➕ 🔥 💯 🚀 ⭐ 💡 🐛 ☕ 🍕 🎂 🏆"
    .split(" ");

export class EmojiSet {
  readonly all: readonly Emoji[];
  readonly #byEmoji: ReadonlyMap<string, Emoji>;

  /**
   * @param russian the table of Russian words; null where it is not loaded
   * @param newest of Unicode's versions, the last whose emoji can be shown
   * @param custom those of this workspace
   */
  constructor(
    base: string,
    russian: string | null,
    newest = Infinity,
    custom: readonly CustomEmoji[] = [],
  ) {
    this.all = [
      ...custom.map(customOne),
      ...parse(base, russian).filter(({ version }) => version <= newest),
    ];
    this.#byEmoji = new Map(this.all.map((one) => [one.emoji, one]));
  }

  get(emoji: string): Emoji | undefined {
    return this.#byEmoji.get(emoji);
  }

  /** The one with exactly this `:name:`, in any language that is loaded. */
  named(name: string): Emoji | undefined {
    const asked = fold(name);
    const title = asked.replaceAll("_", " ");
    return this.all.find(({ names }) => names.includes(asked)) ??
      this.all.find(({ titles }) => titles.includes(title));
  }

  /**
   * What the words may mean, the likeliest first. @param likely emoji that the reader uses, the last
   * used first
   */
  search(query: string, most: number, likely: readonly string[] = []): Emoji[] {
    const asked = fold(query.trim().replace(/^:+|:+$/g, ""));
    if (asked === "") return [];
    const found: { one: Emoji; rank: number; place: number }[] = [];
    const usual = [...likely, ...COMMON];
    const question = questionOf(asked);
    for (const one of this.all) {
      const rank = rankOf(one, question);
      if (rank === null) continue;
      const place = usual.indexOf(one.emoji);
      // Half a word of what is meant most says as much as a whole one of something else.
      const isUsual = place >= 0 && rank === 2;
      found.push({ one, rank: isUsual ? 1 : rank, place: place < 0 ? usual.length : place });
    }
    found.sort((a, b) => a.rank - b.rank || a.place - b.place); // stable: then in Unicode's order
    return found.slice(0, most).map(({ one }) => one);
  }
}

const FLAGS = 9;

interface Question {
  name: string;
  title: string;
  words: readonly string[];
}

function questionOf(asked: string): Question {
  // ":-1:" is a name, and ":-D" is none.
  const words = /^[+-]/.test(asked) ? [] : wordsOf(asked).trim().split(" ").filter(Boolean);
  return { name: asked.replaceAll(" ", "_"), title: words.join(" "), words };
}

/** The lower, the likelier; null: it is not meant. */
function rankOf(one: Emoji, asked: Question): number | null {
  const { names, titles, titleWords, words } = one;
  if (names.includes(asked.name) || titles.includes(asked.title)) return 0;
  const begins = names.some((name) => name.startsWith(asked.name));
  if (asked.words.length === 0) return begins ? 2 : null;
  const all = (text: string, end = "") =>
    asked.words.every((word) => text.includes(` ${word}${end}`));
  // Two letters are the name of a flag, and the beginning of much else.
  if (all(titleWords, " ") && one.group !== FLAGS) return 1;
  if (begins || titles.some((title) => title.startsWith(asked.title))) return 2;
  if (all(words, " ")) return 3;
  if (all(titleWords)) return 4;
  return all(words) ? 5 : null;
}

/** Found by its name, and by the words of which that consists. */
function customOne({ name, url }: CustomEmoji): Emoji {
  const title = wordsOf(fold(name)).trim();
  return {
    emoji: customSign(name),
    group: CUSTOM,
    version: 0,
    toned: false,
    names: [name],
    label: name,
    russian: "",
    titles: [title],
    titleWords: ` ${title} `,
    words: ` ${title} `,
    picture: url,
  };
}

/** One pass over each table: it is read while somebody types. */
function parse(base: string, russian: string | null): Emoji[] {
  const lines = base.split("\n");
  const folded = wordsOf(fold(base)).split("\n");
  const others = russian ? russian.split("\n") : [];
  const foldedOthers = russian ? wordsOf(fold(russian)).split("\n") : [];
  const found: Emoji[] = [];
  let group = 0;
  for (const [index, line] of lines.entries()) {
    const [emoji = "", tone, names = "", label = ""] = line.split("\t");
    if (tone === undefined) {
      group = Number(line);
      continue;
    }
    const [, , nameWords = "", title = "", more = ""] = folded[index]!.split("\t");
    const [russianTitle = "", russianMore = ""] = foldedOthers[found.length]?.split("\t") ?? [];
    const titleWords = ` ${nameWords} ${title} ${russianTitle} `;
    found.push({
      emoji,
      group,
      version: parseFloat(tone),
      toned: tone.endsWith("+"),
      names: names.split(","),
      label,
      russian: others[found.length]?.split("\t")[0] ?? "",
      titles: russianTitle === "" ? [title] : [title, russianTitle],
      titleWords,
      words: `${titleWords}${more} ${russianMore} `,
    });
  }
  return found;
}

/** Without case and accents; ё is е. */
function fold(text: string): string {
  return text.toLowerCase().normalize("NFKD").replace(/\p{M}+/gu, "");
}

/** Of a folded text, whose fields and lines stay apart. */
function wordsOf(folded: string): string {
  return folded.replace(/[^\p{L}\p{N}\t\n]+/gu, " ");
}
