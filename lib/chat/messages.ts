/** Writing, editing, deleting. The store keeps the order; this file says who may do what. */
import { ConfabError } from "../errors.ts";
import * as input from "../protocol/messages.ts";
import { mayDelete, mayEdit, mayWrite } from "../protocol/permissions.ts";
import { defineCommand, inTransaction } from "./command.ts";

export interface SendResult {
  message: input.Message;
  duplicate: boolean;
}

/** The client names its message: the same `clientId` again is the same message. */
export const sendMessage = defineCommand({
  schema: input.sendMessage,
  access: inTransaction(mayWrite),
  metered: true,
  run: (
    { store, now },
    { userId },
    { files = [], replyTo = null, ...message },
  ): Promise<SendResult> => {
    if (files.length > 0) return Promise.reject(unknownFile());
    return store.sendMessage({ userId, ...message, replyTo, now: now() });
  },
});

function unknownFile(): ConfabError {
  return new ConfabError("invalid", "The message names an unknown file.", {
    errors: [{ path: "files", message: "there is no such file", reason: "invalid" }],
  });
}

export const editMessage = defineCommand({
  schema: input.editMessage,
  access: inTransaction(mayEdit),
  metered: true,
  run: ({ store, now }, actor, { message, text }): Promise<input.Message> =>
    store.editMessage({ userId: actor.userId, message, text, now: now() }),
});

export const deleteMessage = defineCommand({
  schema: input.deleteMessage,
  access: inTransaction(mayDelete),
  metered: true,
  run: ({ store, now }, actor, { message }): Promise<input.Message> =>
    store.deleteMessage({ userId: actor.userId, message, now: now() }),
});
