/** Reactions to messages. Schemas for the server; `emoji.ts` says what an emoji is. */
import * as z from "zod";
import * as field from "./fields.ts";

/** `on`: whether the reaction is added or removed. */
export const react = field.object(() => ({
  message: field.id,
  emoji: field.emoji,
  on: z.boolean(),
}));
