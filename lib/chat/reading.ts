/** Reading: history, what changed since, read marks, and the sign that somebody is typing. */
import { COMMANDS } from "../protocol/commands.ts";
import { type HistoryPage, messagesQuery } from "../protocol/history.ts";
import { putLastRoom, putRead } from "../protocol/reading.ts";
import { type Changes, changesQuery } from "../protocol/sync.ts";
import * as field from "../protocol/fields.ts";
import { LIMITS } from "../protocol/limits.ts";
import type { HistoryAnchor, Snapshot } from "../store/store.ts";
import { tidySnapshot } from "./listing.ts";
import { mayAct, mayRead, mayWrite } from "../protocol/permissions.ts";
import { byAccount, defineCommand, inTransaction } from "./command.ts";

export const history = defineCommand({
  schema: field.object(() => ({ room: field.id, query: messagesQuery })),
  access: inTransaction(mayRead),
  run: ({ store }, actor, { room, query }): Promise<HistoryPage> => {
    const { limit = LIMITS.pageDefault, ...anchor } = query;
    return store.history({ userId: actor.userId, room, anchor: anchor as HistoryAnchor, limit });
  },
});

export const changes = defineCommand({
  schema: field.object(() => ({ room: field.id, query: changesQuery })),
  access: inTransaction(mayRead),
  run: ({ store }, actor, { room, query }): Promise<Changes> =>
    store.changes({ userId: actor.userId, room, since: query.since, limit: LIMITS.changesPage }),
});

export const read = defineCommand({
  schema: COMMANDS.read,
  access: inTransaction(mayRead),
  run: ({ store }, actor, { room, seq }): Promise<void> =>
    store.markRead({ userId: actor.userId, room, seq }),
});

/** The same mark, set over HTTP. */
export const putReadMark = defineCommand({
  schema: field.object(() => ({ ...putRead.unwrap().shape, room: field.id })),
  access: inTransaction(mayRead),
  run: ({ store }, actor, { room, seq }): Promise<void> =>
    store.markRead({ userId: actor.userId, room, seq }),
});

/** The room in which the chat is to open next time. */
export const rememberRoom = defineCommand({
  schema: putLastRoom,
  access: inTransaction(mayRead),
  run: ({ store }, actor, { room }): Promise<void> =>
    store.rememberRoom({ userId: actor.userId, room }),
});

export const typing = defineCommand({
  schema: COMMANDS.typing,
  access: inTransaction(mayWrite),
  run: async ({ store, bus, typingRate }, actor, { room }): Promise<void> => {
    await store.requireWriter({ userId: actor.userId, room });
    // What is not told is missed by nobody: it has no ack, and the next one follows.
    if (typingRate.take(actor.userId) > 0) return;
    bus.publish([{ type: "typing", room, userId: actor.userId }]);
  },
});

/** What a connection begins with: the actor, their rooms, the people in them. */
export const snapshot = defineCommand({
  schema: field.object(() => ({})),
  access: byAccount(mayAct),
  run: ({ store }, actor): Promise<Snapshot> => tidySnapshot(store, actor.userId),
});
