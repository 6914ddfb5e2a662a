/** A user's room list, and their rooms that are not in it. */
import type { JsonText } from "../protocol/json_text.ts";
import { LIMITS } from "../protocol/limits.ts";
import * as input from "../protocol/listing.ts";
import { mayAct } from "../protocol/permissions.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import { byAccount, defineCommand } from "./command.ts";
import { tidied } from "./tidying.ts";

interface Listed {
  list: JsonText<{ rooms: MemberRoom[]; hidden: input.HiddenRooms }>;
  /** Of its rooms. */
  ids: readonly number[];
  hidden: input.HiddenRooms;
}

/** The list, which is bounded, and how many rooms are not in it. */
export const listRooms = defineCommand({
  schema: input.listRooms,
  access: byAccount(mayAct),
  run: async ({ store }, { userId }): Promise<Listed> => {
    const read = () => store.listRooms({ userId });
    const { rooms, ids, hidden } = await tidied(store, userId, read);
    const list = `{"rooms":${rooms},"hidden":${JSON.stringify(hidden)}}` as Listed["list"];
    return { list, ids, hidden };
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
