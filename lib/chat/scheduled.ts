/** Messages that are sent at a time to come. */
import { mayAct, mayWrite } from "../protocol/permissions.ts";
import type { Message } from "../protocol/messages.ts";
import * as input from "../protocol/scheduled.ts";
import { byAccount, defineCommand, inTransaction } from "./command.ts";
import { requireShort } from "./sendable.ts";

export const scheduleMessage = defineCommand({
  schema: input.scheduleMessage,
  access: inTransaction(mayWrite),
  metered: true,
  async run(
    { store, workspace, jobs, now },
    { userId },
    { replyTo = null, threadOnly = false, ...message },
  ): Promise<{ scheduled: input.Scheduled; duplicate: boolean }> {
    requireShort(message.text, workspace.get("textLength"));
    const planned = { userId, ...message, replyTo, threadOnly, now: now() };
    const kept = await store.scheduleMessage(planned);
    jobs.wake();
    return kept;
  },
});

export const listScheduled = defineCommand({
  schema: input.listScheduled,
  access: byAccount(mayAct),
  run: ({ store }, { userId }): Promise<input.Scheduled[]> => store.listScheduled({ userId }),
});

export const changeScheduled = defineCommand({
  schema: input.changeScheduled,
  access: byAccount(mayAct),
  metered: true,
  async run(
    { store, workspace, jobs, now },
    { userId },
    { scheduled: id, text, at },
  ): Promise<input.Scheduled> {
    if (text !== undefined) requireShort(text, workspace.get("textLength"));
    const change = { ...(text === undefined ? {} : { text }), ...(at === undefined ? {} : { at }) };
    const changed = await store.changeScheduled({ userId, id, ...change, now: now() });
    jobs.wake();
    return changed;
  },
});

export const cancelScheduled = defineCommand({
  schema: input.cancelScheduled,
  access: byAccount(mayAct),
  metered: true,
  run: ({ store, now }, { userId }, { scheduled: id, files }): Promise<void> =>
    store.cancelScheduled({ userId, id, ...(files === "keep" && { looseSince: now() }) }),
});

export const sendScheduled = defineCommand({
  schema: input.sendScheduled,
  access: inTransaction(mayWrite),
  metered: true,
  async run(
    { store, workspace, online, previews, now },
    { userId },
    { scheduled: id },
  ): Promise<Message> {
    const most = workspace.get("textLength");
    const here = { most, online: online(), previews: previews.isOn(), now: now() };
    const message = await store.sendScheduled({ userId, id, ...here });
    previews.wake();
    return message!; // whoever names its author gets it, or an error
  },
});
