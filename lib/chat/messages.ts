/** Writing, editing, deleting. The store keeps the order; this file says who may do what. */
import { ConfabError } from "../errors.ts";
import { groupsIn } from "../protocol/group_mentions.ts";
import * as input from "../protocol/messages.ts";
import { mayDelete, mayEdit, mayWrite } from "../protocol/permissions.ts";
import { isLonger } from "../protocol/text.ts";
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
    { store, workspace, online, now },
    { userId },
    { files = [], replyTo = null, ...message },
  ): Promise<SendResult> => {
    if (files.length > 0) return Promise.reject(unknownFile());
    requireShort(message.text, workspace.get("textLength"));
    const reached = reachable(message.text, online);
    return store.sendMessage({ userId, ...message, replyTo, ...reached, now: now() });
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
  run: ({ store, workspace, online, now }, { userId }, { message, text }): Promise<
    input.Message
  > => {
    requireShort(text, workspace.get("textLength"));
    return store.editMessage({ userId, message, text, ...reachable(text, online), now: now() });
  },
});

/** Who is online now is asked where the text says `@here`: there may be thousands. */
function reachable(text: string, online: () => number[]): { online?: number[] } {
  return groupsIn(text).has("here") ? { online: online() } : {};
}

/** Staff may have set a lower limit than the schema's. */
function requireShort(text: string, most: number): void {
  if (!isLonger(text, most)) return;
  throw new ConfabError("invalid", "The message is too long for this place.", {
    errors: [{ path: "text", message: `must have at most ${most} characters`, reason: "too_long" }],
  });
}

export const deleteMessage = defineCommand({
  schema: input.deleteMessage,
  access: inTransaction(mayDelete),
  metered: true,
  run: async ({ store, now, purgeLater }, actor, { message }): Promise<input.Message> => {
    const deleted = await store.deleteMessage({ userId: actor.userId, message, now: now() });
    purgeLater();
    return deleted;
  },
});
