/**
 * The names of custom emoji, and where they stand in a text: one rule for the schemas, the store and
 * the views. Pure; it knows no emoji and imports nothing.
 */

/** Code points of a name. One letter is too little to be meant: ":D". */
export const EMOJI_NAME = { min: 2, max: 64 } as const;

/**
 * Letters and digits of any script, with `_`, `-` and `+` between them. Not `_` or `-` at an end,
 * where formatting would take it for its own; and a letter, since `:30:` stands in times of day.
 */
const NAME = "[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}_+-]*[\\p{L}\\p{M}\\p{N}+]";

/** Its form as it is stored and compared; null for what can be no name. */
export function emojiName(written: string): string | null {
  if (written.length > 2 * EMOJI_NAME.max) return null;
  const name = emojiKey(written);
  const isName = new RegExp(`^${NAME}$`, "u").test(name) && /\p{L}/u.test(name) &&
    [...name].length <= EMOJI_NAME.max;
  return isName ? name : null;
}

/** So that names which differ in case or in compatibility forms are one. */
export function emojiKey(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

/** The name in `:name:`, a custom emoji as reactions and statuses have it; null for any other. */
export function customName(sign: string): string | null {
  return /^:(.+):$/su.exec(sign)?.[1] ?? null;
}

/** The same in the form in which it is stored; null for what cannot be a custom emoji. */
export function canonicalSign(sign: string): string | null {
  const name = emojiName(customName(sign) ?? "");
  return name === null ? null : customSign(name);
}

/** How reactions, statuses and texts say it. */
export function customSign(name: string): string {
  return `:${name}:`;
}

/** What may be one: whether it is, the names that there are decide. Its last colon may begin another. */
const IN_TEXT = /:([^\s:]{2,128})(?=:)/g;

/** Pictures in one text; nobody means more, and each is an element. */
const MOST = 200;

/**
 * A text in order: what stands in it as it is, some of it empty, and what `known` has for the names
 * in it.
 * @param known by key
 */
export function emojiParts<One>(text: string, known: ReadonlyMap<string, One>): (string | One)[] {
  const parts: (string | One)[] = [];
  let from = 0;
  for (const { index, 1: written } of text.matchAll(IN_TEXT)) {
    // One that shares its colon with the emoji before it is none.
    const one = index < from ? undefined : known.get(emojiKey(written!));
    if (one === undefined || parts.length >= 2 * MOST) continue;
    parts.push(text.slice(from, index), one);
    from = index + written!.length + 2;
  }
  parts.push(text.slice(from));
  return parts;
}

/** The keys of the first names that texts may mean, each once. */
export function emojiNamesIn(texts: Iterable<string>, most = MOST): Set<string> {
  const names = new Set<string>();
  for (const text of texts) {
    if (!text.includes(":")) continue;
    for (const [, written] of text.matchAll(IN_TEXT)) {
      if (names.size === most) return names;
      names.add(emojiKey(written!));
    }
  }
  return names;
}

/** Where its picture is. */
export function emojiPath(name: string, blob: string): string {
  return `/emoji/${encodeURIComponent(name)}/${emojiVersion(blob)}`;
}

/** Tells pictures of one name apart, and does not tell where their bytes are. */
export function emojiVersion(blob: string): string {
  return blob.slice(0, 16);
}
