/** Reactions to messages. Schemas for the server; what is an emoji is told in `emoji.ts`. */
import * as z from "zod";
import * as field from "./fields.ts";

/** `on`: whether the reaction is given or taken back. */
export const react = field.object(() => ({
  message: field.id,
  emoji: field.emoji,
  on: z.boolean(),
}));
