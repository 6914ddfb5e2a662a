/** The second factor of others, for staff. One's own is `lib/auth/`'s, as all signing in is. */
import { mayChangeAccount, mayChangeAccounts } from "../protocol/permissions.ts";
import * as input from "../protocol/second_factor.ts";
import { defineCommand, inTransaction } from "./command.ts";

/** For somebody who has lost theirs: they sign in with the first proof alone, and set up anew. */
export const removeFactors = defineCommand({
  schema: input.removeFactors,
  access: inTransaction(mayChangeAccounts, mayChangeAccount),
  metered: true,
  confirmed: true,
  run: ({ store, now }, actor, { userId }): Promise<void> =>
    store.removeFactors({ actorId: actor.userId, userId, address: actor.address, now: now() }),
});
