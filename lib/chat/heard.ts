/** Which voice messages were heard. */
import { mayHear } from "../protocol/file_permissions.ts";
import * as input from "../protocol/heard.ts";
import { mayAct } from "../protocol/permissions.ts";
import { byAccount, defineCommand, inTransaction } from "./command.ts";

export const hearMessage = defineCommand({
  schema: input.hearMessage,
  access: inTransaction(mayHear),
  metered: true,
  run: ({ store }, actor, { message }): Promise<void> =>
    store.hearMessage({ userId: actor.userId, message }),
});

export const listHeard = defineCommand({
  schema: input.listHeard,
  access: byAccount(mayAct),
  run: async ({ store }, actor, { messages }): Promise<input.HeardList> => ({
    heard: await store.listHeard({ userId: actor.userId, messages }),
  }),
});
