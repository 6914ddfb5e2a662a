/** Custom emoji: their names and whose they are. Their bytes are elsewhere. */
import type { CustomEmoji, EmojiBlob, EmojiList } from "../../protocol/custom_emoji.ts";
import type { Timestamp } from "../../protocol/time.ts";

export interface CustomEmojis {
  /** All of them, by name. */
  listEmoji(input: { userId: number }): Promise<EmojiList>;
  /** Those of these names that there are, in no order: what a page shows needs no more. */
  emojiNamed(input: { userId: number; names: readonly string[] }): Promise<CustomEmoji[]>;
  /** Where its bytes are; null if there is none of that name. */
  emojiPicture(input: { userId: number; name: string }): Promise<EmojiBlob | null>;
  /** Whether the user could add one of this name now; else as `addEmoji` refuses. */
  nameEmoji(input: { userId: number; name: string }): Promise<void>;
  /**
   * Adds one for everybody, by whoever may where staff have set who does. A name that there is
   * already is a `conflict`, one more than `LIMITS.customEmoji` is `invalid`. Its bytes must be on
   * the disk before.
   */
  addEmoji(input: {
    userId: number;
    name: string;
    picture: EmojiBlob;
    /** The actor's, for the audit log. */
    address?: string | undefined;
    now: Timestamp;
  }): Promise<CustomEmoji>;
  /**
   * Removes one; only by who added it and by staff. Where it stood, its name is left. Answers where
   * its bytes are, which nothing names any more.
   */
  removeEmoji(input: {
    userId: number;
    name: string;
    address?: string | undefined;
    now: Timestamp;
  }): Promise<{ blob: string }>;
}
