/** Catching up: what a connection and a page start with, and what changed in a room since. */
import { LIMITS } from "../protocol/limits.ts";
import { mayAct, mayRead } from "../protocol/permissions.ts";
import * as input from "../protocol/sync.ts";
import type { Snapshot } from "../store/contract/sync.ts";
import { byAccount, defineCommand, inTransaction } from "./command.ts";
import { tidied } from "./tidying.ts";

/** The actor, their rooms, the people in them. */
export const snapshot = defineCommand({
  schema: input.snapshot,
  access: byAccount(mayAct),
  run: ({ store }, { userId }, { once = false }): Promise<Snapshot> =>
    tidied(store, userId, () => store.snapshot({ userId, once })),
});

export const changes = defineCommand({
  schema: input.changes,
  access: inTransaction(mayRead),
  run: ({ store }, actor, { room, since }): Promise<input.Changes> =>
    store.changes({ userId: actor.userId, room, since, limit: LIMITS.changesPage }),
});
