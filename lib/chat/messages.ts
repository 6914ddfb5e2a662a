/** Writing, editing, deleting. The store keeps the order; this file says who may do what. */
import { groupsIn } from "../protocol/groups_in.ts";
import * as input from "../protocol/messages.ts";
import { mayDelete, mayEdit, mayWrite } from "../protocol/permissions.ts";
import { defineCommand, inTransaction } from "./command.ts";
import { requireNoFiles, requireShort } from "./sendable.ts";

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
    { files = [], replyTo = null, threadOnly = false, ...message },
  ): Promise<SendResult> => {
    requireNoFiles(files);
    requireShort(message.text, workspace.get("textLength"));
    const reached = reachable(message.text, online);
    return store.sendMessage({
      userId,
      ...message,
      replyTo,
      threadOnly,
      ...reached,
      now: now(),
    });
  },
});

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
