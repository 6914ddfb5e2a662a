/** Writing, editing, deleting. The store keeps the order; this file says who may do what. */
import { groupsIn } from "../protocol/groups_in.ts";
import * as input from "../protocol/messages.ts";
import { mayDelete, mayEdit, mayWrite } from "../protocol/permissions.ts";
import type { NewMessage } from "../store/contract/messages.ts";
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
    { files, room, clientId, text, replyTo = null, threadOnly },
  ): Promise<SendResult> => {
    if (files !== undefined) requireNoFiles(files);
    requireShort(text, workspace.get("textLength"));
    // The same few fields each time, and what is rare afterwards: every send passes here.
    const message: NewMessage = { userId, room, clientId, text, replyTo, now: now() };
    if (threadOnly === true) message.threadOnly = true;
    if (groupsIn(text).has("here")) message.online = online();
    return store.sendMessage(message);
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
