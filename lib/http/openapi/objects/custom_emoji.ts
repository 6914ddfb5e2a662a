/** The schemas of what is answered about custom emoji: see `objects.ts`. */
import * as z from "zod";
import type { CommandResult as Result } from "../../../chat/chat.ts";
import type { CustomEmoji } from "../../../protocol/custom_emoji.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { id, of, time } from "./base.ts";

export const oneEmoji = of<CustomEmoji>()(z.object({
  name: z.string().meta({ description: "Without colons." }),
  url: z.string().meta({
    description: "Its picture, for who is signed in. Another picture has another address.",
  }),
  userId: id.meta({ description: "Who added it." }),
  createdAt: time,
}));

export const emojiList = of<Result<"listEmoji">>()(z.object({
  revision: z.int().nonnegative().meta({
    description: "Rises by 1 with each that is added or removed; `ready.emoji` has it, too.",
  }),
  emoji: z.array(oneEmoji).max(LIMITS.customEmoji).meta({ description: "By name." }),
}));

export const EMOJI_NAMED = { CustomEmoji: oneEmoji, EmojiList: emojiList };
