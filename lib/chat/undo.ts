/** Taking a deletion back. */
import type { Message } from "../protocol/messages.ts";
import { mayRestore } from "../protocol/message_permissions.ts";
import * as input from "../protocol/undo.ts";
import { defineCommand, inTransaction } from "./command.ts";

export const restoreMessage = defineCommand({
  schema: input.restoreMessage,
  access: inTransaction(mayRestore),
  metered: true,
  run: ({ store, now }, actor, { message }): Promise<Message> =>
    store.restoreMessage({ userId: actor.userId, message, now: now() }),
});
