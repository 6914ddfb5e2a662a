/**
 * What counts as one emoji, and the form in which it is stored and compared. Shared by the schemas,
 * the store and the views, so that ❤ and ❤️ are one reaction everywhere; imports nothing.
 */

/** UTF-16 units. The longest that Unicode recommends, a couple with skin tones, has 15. */
export const LONGEST_EMOJI = 32;

/**
 * The fully qualified form of one emoji of Unicode's RGI set (UTS #51); null for anything else.
 * Keyboards differ in whether they send the variation selector; none sends it twice, or first.
 */
export function canonicalEmoji(value: string): string | null {
  if (value.length > LONGEST_EMOJI || /^\ufe0f|\ufe0f{2}/.test(value)) return null;
  const qualified = withSelectors(value);
  return rgi().test(qualified) ? qualified : null;
}

/** A selector after each character that would show as text, unless a skin tone follows. */
function withSelectors(value: string): string {
  return value.replaceAll("\ufe0f", "")
    .replace(/(?!\p{Emoji_Presentation})\p{Emoji}(?!\p{Emoji_Modifier})/gu, "$&\ufe0f");
}

/** Made on the first emoji: its 3,800 sequences take 11 ms, a fifth of startup. */
function rgi(): RegExp {
  return known ??= new RegExp("^\\p{RGI_Emoji}$", "v");
}

let known: RegExp | undefined;

/**
 * Reactions under their canonical emoji. Two forms of one emoji are merged, each person once, in
 * the place of the first. Returns the same object if nothing changes.
 */
export function canonicalReactions(
  reactions: Record<string, number[]>,
): Record<string, number[]> {
  const emoji = Object.keys(reactions);
  if (emoji.every((one) => (canonicalEmoji(one) ?? one) === one)) return reactions;
  const merged = new Map<string, number[]>();
  for (const one of emoji) {
    const form = canonicalEmoji(one) ?? one;
    merged.set(form, [...new Set([...merged.get(form) ?? [], ...reactions[one]!])]);
  }
  return Object.fromEntries(merged);
}

const PICTURE =
  "(?![0-9#*\\p{RI}])(?:\\p{Emoji_Presentation}|\\p{Emoji}\\ufe0f|(?=[\\u2600-\\u{10ffff}])" +
  "\\p{Extended_Pictographic})\\ufe0f?\\p{Emoji_Modifier}?";
const ONE =
  `(?:\\p{RI}{2}|[0-9#*]\\ufe0f?\\u20e3|${PICTURE}(?:\\u200d${PICTURE}|[\\u{e0020}-\\u{e007f}])*)`;

/**
 * One to three emoji with spaces between them. Checks the form of the sequences, not the list of
 * all emoji: a page coming to life cannot wait for that. Characters that are text unless a selector
 * makes them emoji (→ ™) count without one only from the pictograph block on (❤ ☺).
 */
const FEW = new RegExp(`^\\s*${ONE}(?:\\s*${ONE}){0,2}\\s*$`, "u");

/** Whether a text is nothing but up to three emoji, which are then shown large. */
export function isFewEmoji(text: string): boolean {
  return text.length <= 3 * LONGEST_EMOJI && FEW.test(text);
}
