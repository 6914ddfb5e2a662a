/** Who has seen what in a direct room. */
import { maySeeReaders } from "../protocol/seen_permissions.ts";
import * as input from "../protocol/seen.ts";
import { defineCommand, inTransaction } from "./command.ts";

export const listSeen = defineCommand({
  schema: input.listSeen,
  access: inTransaction(maySeeReaders),
  run: async ({ store }, { userId }, { room }): Promise<{ seen: input.Seen[] }> => ({
    seen: await store.listSeen({ userId, room }),
  }),
});
