/** Custom emoji, as views see and call them: types only. A part of `model.ts`. */
import type { ReadonlySignal } from "@preact/signals";
import type { CustomEmoji, EmojiEvent } from "../protocol/custom_emoji.ts";

/** What the page begins with. */
export interface EmojiBoot {
  /** Those that the page shows. */
  emoji?: CustomEmoji[];
}

/** By name. Until the list has come, those of the page. */
export type KnownEmoji = ReadonlyMap<string, CustomEmoji>;

/** What a connection began with, or the last change. */
export type EmojiNews = { epoch: string; revision: number } | EmojiEvent;

export interface EmojiState {
  emoji: ReadonlySignal<KnownEmoji>;
  /** For `keep` alone: it goes through the list with it. */
  emojiNews: ReadonlySignal<EmojiNews | null>;
}

export interface EmojiWays {
  /** What can be done with them: fetched once the page is at rest. */
  customEmoji(): Promise<EmojiActions>;
}

export interface EmojiActions {
  /** From now on the list is the one of now; the answer ends it. */
  keep(): () => void;
}
