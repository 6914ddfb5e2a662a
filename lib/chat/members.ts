/** Who is in a room, and what members set for themselves there. */
import { MEMBERS_PAGE } from "../protocol/limits.ts";
import * as input from "../protocol/members.ts";
import {
  mayAdd,
  mayHide,
  mayJoin,
  mayLeave,
  mayReach,
  mayRead,
  mayRemove,
} from "../protocol/permissions.ts";
import { defineCommand, inTransaction } from "./command.ts";

export const listMembers = defineCommand({
  schema: input.listMembers,
  access: inTransaction(mayRead),
  run: ({ store }, actor, { room }) => store.listMembers({ userId: actor.userId, room }),
});

/** A page of members, by id; pass `next` as `after` to get the next page. */
export const pageMembers = defineCommand({
  schema: input.pageMembers,
  access: inTransaction(mayRead),
  run: async (
    { store },
    actor,
    { room, ...page },
  ): Promise<Omit<input.MembersPage, "presence">> => {
    const { after = 0, limit = MEMBERS_PAGE } = page;
    const found = await store.pageMembers({ userId: actor.userId, room, after, limit: limit + 1 });
    const members = found.slice(0, limit);
    return { members, next: found.length > limit ? members.at(-1)!.id : null };
  },
});

export const addMember = defineCommand({
  schema: input.addMember,
  access: inTransaction(mayJoin, mayAdd, mayReach),
  metered: true,
  run: ({ store, now }, actor, { room, userId }): Promise<void> =>
    store.addMember({ actorId: actor.userId, room, userId, now: now() }),
});

export const removeMember = defineCommand({
  schema: input.removeMember,
  access: inTransaction(mayLeave, mayRemove),
  metered: true,
  run: ({ store }, actor, { room, userId }): Promise<void> =>
    store.removeMember({ actorId: actor.userId, room, userId }),
});

export const updateMembership = defineCommand({
  schema: input.updateMembership,
  access: inTransaction(mayRead, mayHide),
  metered: true,
  run: ({ store }, actor, change): Promise<input.Membership> =>
    store.updateMembership({ userId: actor.userId, ...change }),
});
