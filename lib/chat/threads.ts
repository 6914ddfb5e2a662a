/** Threads: reading and following them, giving them titles, and the lists of them. */
import { LIMITS } from "../protocol/limits.ts";
import { mayAct, mayRead, mayReadMessage } from "../protocol/permissions.ts";
import { mayFollow, mayTitle } from "../protocol/thread_permissions.ts";
import * as input from "../protocol/threads.ts";
import type { ThreadAnchor } from "../store/contract/threads.ts";
import { byAccount, defineCommand, inTransaction } from "./command.ts";

/** Without a place, from the first reply on. */
export const thread = defineCommand({
  schema: input.thread,
  access: inTransaction(mayReadMessage),
  run: ({ store }, actor, { message, limit = LIMITS.pageDefault, last, ...place }) => {
    const isPlace = Object.values(place).some((value) => value !== undefined);
    const anchor = last === 1 ? {} : isPlace ? place as ThreadAnchor : { after: 0 };
    return store.thread({ userId: actor.userId, message, anchor, limit });
  },
});

export const followThread = defineCommand({
  schema: input.followThread,
  access: inTransaction(mayFollow),
  metered: true,
  run: ({ store }, actor, { message, on }): Promise<void> =>
    store.followThread({ userId: actor.userId, message, on }),
});

export const markThreadRead = defineCommand({
  schema: input.markThreadRead,
  access: inTransaction(mayFollow),
  run: ({ store }, actor, { message, seq }): Promise<void> =>
    store.markThreadRead({ userId: actor.userId, message, seq }),
});

export const titleThread = defineCommand({
  schema: input.titleThread,
  access: inTransaction(mayTitle),
  metered: true,
  run: async ({ store }, actor, { message, title }): Promise<void> => {
    await store.titleThread({ userId: actor.userId, message, title });
  },
});

export const listTopics = defineCommand({
  schema: input.listTopics,
  access: inTransaction(mayRead),
  run: ({ store }, actor, page): Promise<input.TopicsPage> => {
    const { room, before = null, limit = LIMITS.pageDefault } = page;
    return store.listTopics({ userId: actor.userId, room, before, limit });
  },
});

export const listThreads = defineCommand({
  schema: input.listThreads,
  access: byAccount(mayAct),
  run: ({ store }, actor, page): Promise<input.ThreadsPage> => {
    const { before = null, unread, limit = LIMITS.pageDefault } = page;
    return store.listThreads({ userId: actor.userId, unread: unread === 1, before, limit });
  },
});
