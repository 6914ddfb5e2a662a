/** Links by which staff let somebody set a new password. Using one is in `lib/auth/`. */
import { mayChangeAccount, mayChangeAccounts } from "../protocol/permissions.ts";
import * as input from "../protocol/recovery.ts";
import type { Timestamp } from "../protocol/time.ts";
import { defineCommand, inTransaction } from "./command.ts";

/** How long a link of staff works: it is handed over in person, or sent in another way. */
const LINK_LIVES = 24 * 60 * 60 * 1000;

export const resetUser = defineCommand({
  schema: input.resetUser,
  access: inTransaction(mayChangeAccounts, mayChangeAccount),
  metered: true,
  confirmed: true,
  run: async (
    { store, now, newToken },
    actor,
    { userId },
  ): Promise<{ token: string; expiresAt: Timestamp }> => {
    const { token, hash } = await newToken();
    const at = now();
    const expiresAt = at + LINK_LIVES;
    await store.makeReset({
      actorId: actor.userId,
      userId,
      tokenHash: hash,
      expiresAt,
      now: at,
      address: actor.address,
    });
    return { token, expiresAt };
  },
});
