/** Pages of a room's history. */
import * as input from "../protocol/history.ts";
import type { JsonText } from "../protocol/json_text.ts";
import { LIMITS, PREVIEWED } from "../protocol/limits.ts";
import { mayRead, maySeeRoom } from "../protocol/permissions.ts";
import type { HistoryAnchor } from "../store/contract/history.ts";
import { defineCommand, inTransaction } from "./command.ts";

export const history = defineCommand({
  schema: input.history,
  access: inTransaction(mayRead),
  run: ({ store }, actor, { room, ...page }): Promise<JsonText<input.HistoryPage>> => {
    const { limit = LIMITS.pageDefault, ...anchor } = page;
    return store.history({ userId: actor.userId, room, anchor: anchor as HistoryAnchor, limit });
  },
});

export const previewRoom = defineCommand({
  schema: input.previewRoom,
  access: inTransaction(maySeeRoom),
  run: ({ store }, { userId }, { room }): Promise<input.RoomPreview> =>
    store.previewRoom({ userId, room, limit: PREVIEWED }),
});
