/** What an edited message said before. */
import { mayReadMessage } from "../protocol/permissions.ts";
import * as input from "../protocol/versions.ts";
import { defineCommand, inTransaction } from "./command.ts";

export const listVersions = defineCommand({
  schema: input.listVersions,
  access: inTransaction(mayReadMessage),
  run: ({ store }, actor, { message }): Promise<input.MessageVersion[]> =>
    store.listVersions({ userId: actor.userId, message }),
});
