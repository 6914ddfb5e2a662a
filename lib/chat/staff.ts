/**
 * What staff do about people: find their accounts, sign them out, take pictures away, erase them, hand
 * the place over.
 */
import { LIMITS } from "../protocol/limits.ts";
import type { User } from "../protocol/people.ts";
import { mayHandOver, mayOwn } from "../protocol/ownership.ts";
import { mayAdminister, mayChangeAccount, mayChangeAccounts } from "../protocol/permissions.ts";
import * as input from "../protocol/staff.ts";
import { byAccount, defineCommand, inTransaction } from "./command.ts";

export const listAccounts = defineCommand({
  schema: input.listAccounts,
  access: byAccount(mayAdminister),
  run: ({ store, now }, { userId }, asked): Promise<input.AccountsPage> => {
    const { q = "", after = null, limit = LIMITS.pageDefault, ...filter } = asked;
    return store.listAccounts({ userId, ...filter, q, after, limit, now: now() });
  },
});

export const getAccount = defineCommand({
  schema: input.getAccount,
  access: byAccount(mayAdminister),
  run: ({ store, now }, { userId }, { id }): Promise<input.StaffAccount> =>
    store.getAccount({ userId, id, now: now() }),
});

export const signOutUser = defineCommand({
  schema: input.signOutUser,
  access: inTransaction(mayChangeAccounts, mayChangeAccount),
  metered: true,
  run: ({ store, now }, { userId: actorId, address }, { userId }): Promise<void> =>
    store.signOutUser({ actorId, userId, address, now: now() }),
});

/** One's own is removed by `removeAvatar`. */
export const removeUserAvatar = defineCommand({
  schema: input.removeUserAvatar,
  access: inTransaction(mayChangeAccounts, mayChangeAccount),
  metered: true,
  run: ({ store, now }, { userId: actorId, address }, { userId }): Promise<void> =>
    store.removeUserAvatar({ actorId, userId, address, now: now() }),
});

export const handOver = defineCommand({
  schema: input.handOver,
  access: inTransaction(mayOwn, mayHandOver),
  metered: true,
  confirmed: true,
  run: ({ store, now }, { userId: actorId, address }, { userId }): Promise<User> =>
    store.handOver({ actorId, userId, address, now: now() }),
});

/** How an erased account is called where nothing else is said. */
const FORMER = "Former member";

/** What takes longer follows by itself. */
export const eraseUser = defineCommand({
  schema: input.eraseUser,
  access: inTransaction(mayChangeAccounts, mayChangeAccount),
  metered: true,
  confirmed: true,
  run: async (
    { store, now, eraseRest },
    { userId: actorId, address },
    { username = "free", displayName = FORMER, ...erasure },
  ): Promise<User> => {
    const result = await store.eraseUser({
      actorId,
      ...erasure,
      username,
      displayName,
      address,
      now: now(),
    });
    eraseRest();
    return result;
  },
});
