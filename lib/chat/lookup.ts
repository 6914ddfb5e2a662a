/** Messages by their ids. */
import * as input from "../protocol/lookup.ts";
import { mayRead } from "../protocol/permissions.ts";
import { defineCommand, inTransaction } from "./command.ts";

export const listMessages = defineCommand({
  schema: input.listMessages,
  access: inTransaction(mayRead),
  run: async ({ store }, actor, { ids }): Promise<input.FoundMessages> => ({
    messages: await store.listMessages({ userId: actor.userId, ids }),
  }),
});
