/** A user's saved messages. */
import { LIMITS } from "../protocol/limits.ts";
import { mayAct, maySave } from "../protocol/permissions.ts";
import * as input from "../protocol/saved.ts";
import { byAccount, defineCommand, inTransaction } from "./command.ts";

export const saveMessage = defineCommand({
  schema: input.saveMessage,
  access: inTransaction(maySave),
  metered: true,
  run: ({ store }, actor, { message, on }): Promise<void> =>
    store.saveMessage({ userId: actor.userId, message, on }),
});

export const listSaved = defineCommand({
  schema: input.listSaved,
  access: byAccount(mayAct),
  run: ({ store }, actor, page): Promise<input.SavedPage> => {
    const { before = null, limit = LIMITS.pageDefault } = page;
    return store.listSaved({ userId: actor.userId, before, limit });
  },
});
