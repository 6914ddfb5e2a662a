/** How far somebody has read, and where they were last. */
import { mayRead } from "../protocol/permissions.ts";
import * as input from "../protocol/reading.ts";
import { defineCommand, inTransaction } from "./command.ts";

export const markRead = defineCommand({
  schema: input.markRead,
  access: inTransaction(mayRead),
  run: ({ store, now }, actor, { room, seq }): Promise<void> =>
    store.markRead({ userId: actor.userId, room, seq, now: now() }),
});

/** A message and what follows it are unread again, on all of one's devices. */
export const markUnread = defineCommand({
  schema: input.markUnread,
  access: inTransaction(mayRead),
  metered: true,
  run: ({ store }, actor, { room, seq }): Promise<void> =>
    store.markUnread({ userId: actor.userId, room, seq }),
});

/** The room that the chat opens next time; answers which. */
export const rememberRoom = defineCommand({
  schema: input.rememberRoom,
  access: inTransaction(mayRead),
  run: async ({ store }, actor, { room }): Promise<number> => {
    await store.rememberRoom({ userId: actor.userId, room });
    return room;
  },
});
