/** Messages of which somebody wants to be reminded. */
import { mayAct, mayRemind } from "../protocol/permissions.ts";
import * as input from "../protocol/reminders.ts";
import { byAccount, defineCommand, inTransaction } from "./command.ts";

export const remind = defineCommand({
  schema: input.remind,
  access: inTransaction(mayRemind),
  metered: true,
  async run({ store, jobs, now }, { userId }, { message, at }): Promise<void> {
    await store.remind({ userId, message, at, now: now() });
    jobs.wake();
  },
});

export const dropReminder = defineCommand({
  schema: input.dropReminder,
  access: inTransaction(mayRemind),
  metered: true,
  run: ({ store }, { userId }, { message }): Promise<void> =>
    store.dropReminder({ userId, message }),
});

export const listReminders = defineCommand({
  schema: input.listReminders,
  access: byAccount(mayAct),
  run: ({ store }, { userId }): Promise<input.Reminder[]> => store.listReminders({ userId }),
});
