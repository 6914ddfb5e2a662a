/** Writing, editing, deleting. The store keeps the order; this file says who may do what. */
import { groupsIn } from "../protocol/groups_in.ts";
import * as input from "../protocol/messages.ts";
import { mayDelete, mayEdit, mayWrite } from "../protocol/permissions.ts";
import type { ChangedMessage, NewMessage } from "../store/contract/messages.ts";
import { type CommandContext, defineCommand, inTransaction } from "./command.ts";
import { requireShort } from "./sendable.ts";

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
    { store, workspace, online, sendRate, previews, now },
    { userId },
    { files, room, clientId, text, replyTo = null, threadOnly },
  ): Promise<SendResult> => {
    requireShort(text, workspace.get("textLength"));
    // The same few fields each time, and what is rare afterwards: every send passes here.
    const message: NewMessage = { userId, room, clientId, text, replyTo, now: now() };
    if (threadOnly === true) message.threadOnly = true;
    if (files !== undefined && files.length > 0) message.files = files;
    const reached = reachable(text, { userId, online, sendRate });
    if (reached !== undefined) message.online = reached;
    if (!mayLink(text) || !previews.isOn()) return store.sendMessage(message);
    message.previews = true;
    return store.sendMessage(message).finally(() => previews.wake());
  },
});

export const editMessage = defineCommand({
  schema: input.editMessage,
  access: inTransaction(mayEdit),
  metered: true,
  run: (
    { store, workspace, online, sendRate, previews, now },
    { userId },
    { message, text },
  ): Promise<input.Message> => {
    requireShort(text, workspace.get("textLength"));
    const reached = reachable(text, { userId, online, sendRate });
    const change: ChangedMessage = { userId, message, text, now: now() };
    if (reached !== undefined) change.online = reached;
    if (!mayLink(text) || !previews.isOn()) return store.editMessage(change);
    change.previews = true;
    return store.editMessage(change).finally(() => previews.wake());
  },
});

/** What has no address costs nothing more. */
const mayLink = (text: string) => text.includes("://");

/** Writes that a mention of a group counts as: each of ten thousand members is counted by itself. */
const GROUP_WRITES = 10;

interface Reaching extends Pick<CommandContext, "online" | "sendRate"> {
  userId: number;
}

/** Who is online now is asked where the text says `@here`: there may be thousands. */
function reachable(text: string, { userId, online, sendRate }: Reaching): number[] | undefined {
  const groups = groupsIn(text);
  // One was counted before.
  for (let more = 1; groups.size > 0 && more < GROUP_WRITES; more++) sendRate.take(userId);
  return groups.has("here") ? online() : undefined;
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
