/** A user's own settings, and what admins do to accounts. Signup and login are in `lib/auth/`. */
import { ConfabError } from "../errors.ts";
import * as input from "../protocol/accounts.ts";
import type { User } from "../protocol/people.ts";
import { mayAct, mayChangeAccount, mayChangeAccounts } from "../protocol/permissions.ts";
import { byAccount, defineCommand, inTransaction } from "./command.ts";

export const updateMe = defineCommand({
  schema: input.updateMe,
  access: byAccount(mayAct),
  metered: true,
  run: async ({ store, now, endStatusAt }, actor, change): Promise<input.Me> => {
    const until = change.status?.until ?? null;
    if (until !== null && until <= now()) {
      const at = {
        path: "status.until",
        reason: "invalid" as const,
        message: "must be in the future",
      };
      throw new ConfabError("invalid", "This end has passed already.", { errors: [at] });
    }
    const me = await store.updateMe({ userId: actor.userId, ...change });
    if (until !== null) endStatusAt(until);
    return me;
  },
});

/** Disabling ends the account's sessions and closes its sockets. */
export const updateUser = defineCommand({
  schema: input.updateUser,
  access: inTransaction(mayChangeAccounts, mayChangeAccount),
  metered: true,
  confirmed: ({ role }) => role === "admin",
  run: ({ store, now }, actor, change): Promise<User> =>
    store.updateUser({
      actorId: actor.userId,
      address: actor.address,
      now: now(),
      ...change,
    }),
});
