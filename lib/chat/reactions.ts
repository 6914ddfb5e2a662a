/** Reactions to messages. */
import type { Message } from "../protocol/messages.ts";
import { mayReact } from "../protocol/permissions.ts";
import * as input from "../protocol/reactions.ts";
import { defineCommand, inTransaction } from "./command.ts";

export const react = defineCommand({
  schema: input.react,
  access: inTransaction(mayReact),
  metered: true,
  run: ({ store, now }, actor, { message, emoji, on }): Promise<Message> =>
    store.react({ userId: actor.userId, message, emoji, on, now: now() }),
});
