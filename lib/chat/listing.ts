/** A user's room list, and their rooms that are not in it. */
import { LIMITS } from "../protocol/limits.ts";
import * as input from "../protocol/listing.ts";
import { mayAct } from "../protocol/permissions.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import { byAccount, defineCommand } from "./command.ts";
import { tidySnapshot } from "./tidying.ts";

/** The list, which is bounded, and how many rooms are not in it. */
export const listRooms = defineCommand({
  schema: input.listRooms,
  access: byAccount(mayAct),
  run: async (
    { store },
    actor,
  ): Promise<{ rooms: MemberRoom[]; hidden: input.HiddenRooms }> => {
    const { rooms, hidden } = await tidySnapshot(store, actor.userId);
    return { rooms, hidden };
  },
});

export const listHiddenRooms = defineCommand({
  schema: input.listHiddenRooms,
  access: byAccount(mayAct),
  run: ({ store }, actor, page): Promise<{ rooms: MemberRoom[]; next: number | null }> => {
    const { q = "", limit = LIMITS.pageDefault, before = null } = page;
    return store.listHiddenRooms({ userId: actor.userId, q, limit, before });
  },
});
