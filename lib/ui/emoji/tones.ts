/** Skin tones of emoji. Pure. */
import { canonicalEmoji } from "../../protocol/emoji.ts";

/** None, then from light to dark (Fitzpatrick's types). */
export const TONES = ["", "\u{1f3fb}", "\u{1f3fc}", "\u{1f3fd}", "\u{1f3fe}", "\u{1f3ff}"] as const;

/** A hand and a person, not joined to others: the hands of 🧑‍🤝‍🧑 take the people's tones. */
const PERSON = /(?!(?<=\u200d)\u{1f91d}(?=\u200d))(\p{Emoji_Modifier_Base})\ufe0f?/gu;

/** The emoji in a tone, everybody in it in the same. Only for emoji that have tones. */
export function withTone(emoji: string, tone: number): string {
  const mark = TONES[tone] ?? "";
  return mark === "" ? emoji : emoji.replace(PERSON, `$1${mark}`);
}

/** The emoji as tables have it. */
export function withoutTone(emoji: string): string {
  const bare = emoji.replace(/\p{Emoji_Modifier}/gu, "");
  return bare === emoji || bare === "" ? emoji : canonicalEmoji(bare) ?? emoji;
}
