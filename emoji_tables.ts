/**
 * Makes the tables of emoji that browsers load on demand (`lib/ui/emoji/`), from Unicode's names and
 * search words as `emojibase-data` has them. For the build and tests; it knows no views.
 *
 * A table is text, since a browser reads that faster than as many objects. The base has a line for
 * each emoji, in Unicode's order, and before each group a line with its number alone:
 * emoji, the version of the set that brought it with "+" if it has skin tones, its `:names:`, what it is called, more words. A language's own has
 * in the same order what they are called there, and more words. Fields end with tabs, names and words
 * with commas.
 */
import { canonicalEmoji } from "./lib/protocol/emoji.ts";

/** What we read of a row of `emojibase-data`. */
interface Row {
  hexcode: string;
  emoji: string;
  label: string;
  tags?: string[];
  /** Left out for letters of flags, which are no emoji by themselves. */
  group?: number;
  order?: number;
  version: number;
  skins?: { emoji: string }[];
}

type Shortcodes = Record<string, string | string[] | undefined>;

/** Skin tones and hair by themselves. */
const COMPONENTS = 2;

const DATA = new URL("node_modules/emojibase-data/", import.meta.url);

export async function makeEmojiTable(kind: "base" | "ru"): Promise<string> {
  const rows = await baseRows();
  return kind === "base" ? await baseTable(rows) : await russianTable(rows);
}

/** What this version of Unicode knows, in order: the server refuses others as reactions. */
async function baseRows(): Promise<Row[]> {
  const rows = await read<Row[]>("en/data.json");
  return rows
    .filter(({ group, emoji }) => group !== undefined && group !== COMPONENTS && known(emoji))
    .sort((a, b) => a.order! - b.order!); // who has a group has an order
}

async function baseTable(rows: readonly Row[]): Promise<string> {
  const github = await read<Shortcodes>("en/shortcodes/github.json");
  const emojibase = await read<Shortcodes>("en/shortcodes/emojibase.json");
  const lines: string[] = [];
  let group = -1;
  for (const row of rows) {
    if (row.group !== group) lines.push(String(group = row.group!)); // all have one
    const names = new Set([...listOf(github[row.hexcode]), ...listOf(emojibase[row.hexcode])]);
    const fields = [
      canonicalEmoji(row.emoji)!,
      `${row.version}${row.skins?.every(({ emoji }) => known(emoji)) ? "+" : ""}`,
      [...names].join(","),
      row.label,
      tagsOf(row, [...names]),
    ];
    lines.push(fields.join("\t"));
  }
  return lines.join("\n");
}

/**
 * All names of Unicode's emoji, sorted, with spaces between them: no custom emoji may take one. Those
 * of skin tones follow from the others.
 */
export async function makeShortNames(): Promise<string> {
  const github = await read<Shortcodes>("en/shortcodes/github.json");
  const emojibase = await read<Shortcodes>("en/shortcodes/emojibase.json");
  const names = [github, emojibase].flatMap((codes) => Object.values(codes).flatMap(listOf));
  return [...new Set(names)].filter((name) => !/_tone/.test(name)).sort().join(" ");
}

async function russianTable(rows: readonly Row[]): Promise<string> {
  const russian = new Map((await read<Row[]>("ru/data.json")).map((row) => [row.hexcode, row]));
  return rows.map(({ hexcode }) => {
    const row = russian.get(hexcode);
    return row === undefined ? "\t" : `${row.label}\t${tagsOf(row, [])}`;
  }).join("\n");
}

/** Without those that the label or the names have already. */
function tagsOf({ label, tags = [] }: Row, names: readonly string[]): string {
  const known = new Set([...label.toLowerCase().split(/[^\p{L}\p{N}]+/u), ...names]);
  return tags.filter((tag) => !known.has(tag.toLowerCase())).join(",");
}

function known(emoji: string): boolean {
  return canonicalEmoji(emoji) !== null;
}

function listOf(names: string | string[] | undefined): string[] {
  return names === undefined ? [] : [names].flat();
}

async function read<Data>(path: string): Promise<Data> {
  return JSON.parse(await Deno.readTextFile(new URL(path, DATA)));
}
