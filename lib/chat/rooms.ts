/** Rooms and who is in them: make, browse, rename, join, add, leave, remove. */
import * as field from "../protocol/fields.ts";
import { ConfabError, toConfabError } from "../errors.ts";
import {
  type Membership,
  type MembersPage,
  membersQuery,
  patchMembership,
} from "../protocol/members.ts";
import {
  createRoom,
  type HiddenRooms,
  type MemberRoom,
  patchRoom,
  type Room,
  roomsQuery,
} from "../protocol/rooms.ts";
import { LIMITS, MEMBERS_PAGE } from "../protocol/limits.ts";
import {
  mayAct,
  mayAdd,
  mayBrowse,
  mayHide,
  mayJoin,
  mayLeave,
  mayMakeRoom,
  mayManageRoom,
  mayReach,
  mayRead,
  mayRemove,
  maySeeRoom,
} from "../protocol/permissions.ts";
import { byAccount, type CommandContext, defineCommand, inTransaction } from "./command.ts";
import { tidySnapshot } from "./listing.ts";

/** How many rooms a browse shows; a longer list is narrowed by `q`. */
const BROWSE_LIMIT = 100;

const inRoom = field.object(() => ({ room: field.id }));
const memberOfRoom = field.object(() => ({ room: field.id, userId: field.id }));

/** The list, which has an end, and what there is besides. */
export const listRooms = defineCommand({
  schema: field.object(() => ({})),
  access: byAccount(mayAct),
  run: async ({ store }, actor): Promise<{ rooms: MemberRoom[]; hidden: HiddenRooms }> => {
    const { rooms, hidden } = await tidySnapshot(store, actor.userId);
    return { rooms, hidden };
  },
});

export const listHiddenRooms = defineCommand({
  schema: field.object(() => ({ query: roomsQuery })),
  access: byAccount(mayAct),
  run: ({ store }, actor, { query }): Promise<{ rooms: MemberRoom[]; next: number | null }> => {
    const { q = "", limit = LIMITS.pageDefault, before = null } = query;
    return store.hiddenRooms({ userId: actor.userId, q, limit, before });
  },
});

export const browseRooms = defineCommand({
  schema: field.object(() => ({ q: field.search })),
  access: byAccount(mayBrowse),
  run: ({ store }, actor, { q }): Promise<Room[]> =>
    store.publicRooms({ userId: actor.userId, q, limit: BROWSE_LIMIT }),
});

export const getRoom = defineCommand({
  schema: inRoom,
  access: inTransaction(maySeeRoom),
  run: ({ store }, actor, { room }): Promise<Room | MemberRoom> =>
    store.room({ userId: actor.userId, room }),
});

/** `created` is false where the direct room of exactly these people was there already. */
export const makeRoom = defineCommand({
  schema: createRoom,
  access: byAccount(mayMakeRoom),
  metered: true,
  run: async (context, actor, input): Promise<{ room: MemberRoom; created: boolean }> => {
    if (input.kind === "direct") return await openDirect(context, actor.userId, input.users);
    const wait = context.roomRate.take(actor.userId);
    if (wait > 0) throw tooManyRooms(wait);
    const { kind, name, topic = "" } = input;
    const { store, now } = context;
    return {
      room: await store.createRoom({ userId: actor.userId, kind, name, topic, now: now() }),
      created: true,
    };
  },
});

/** Counted before, so that many at once cannot pass; who opens a room that there is makes none. */
async function openDirect(
  { store, roomRate, now }: CommandContext,
  userId: number,
  users: number[],
): Promise<{ room: MemberRoom; created: boolean }> {
  const wait = roomRate.take(userId);
  let made = false;
  try {
    const opened = await store.openDirect({ userId, users, mayMake: wait === 0, now: now() });
    made = opened.created;
    return opened;
  } catch (error) {
    throw toConfabError(error).code === "rate_limited" ? tooManyRooms(wait) : error;
  } finally {
    if (wait === 0 && !made) roomRate.giveBack(userId);
  }
}

function tooManyRooms(retryAfter: number): ConfabError {
  return new ConfabError("rate_limited", "You are making rooms too fast.", { retryAfter });
}

export const updateRoom = defineCommand({
  schema: field.object(() => ({ ...patchRoom.unwrap().shape, room: field.id })),
  access: inTransaction(mayManageRoom),
  metered: true,
  run: ({ store }, actor, input): Promise<MemberRoom> =>
    store.updateRoom({ userId: actor.userId, ...input }),
});

export const listMembers = defineCommand({
  schema: inRoom,
  access: inTransaction(mayRead),
  run: ({ store }, actor, { room }) => store.members({ userId: actor.userId, room }),
});

/** A page of them, by id; `next` is what the next page comes after. */
export const pageMembers = defineCommand({
  schema: field.object(() => ({ room: field.id, query: membersQuery })),
  access: inTransaction(mayRead),
  run: async ({ store }, actor, { room, query }): Promise<Omit<MembersPage, "presence">> => {
    const { after = 0, limit = MEMBERS_PAGE } = query;
    const found = await store.membersPage({ userId: actor.userId, room, after, limit: limit + 1 });
    const members = found.slice(0, limit);
    return { members, next: found.length > limit ? members.at(-1)!.id : null };
  },
});

export const addMember = defineCommand({
  schema: memberOfRoom,
  access: inTransaction(mayJoin, mayAdd, mayReach),
  metered: true,
  run: ({ store, now }, actor, { room, userId }): Promise<void> =>
    store.addMember({ actorId: actor.userId, room, userId, now: now() }),
});

export const removeMember = defineCommand({
  schema: memberOfRoom,
  access: inTransaction(mayLeave, mayRemove),
  metered: true,
  run: ({ store }, actor, { room, userId }): Promise<void> =>
    store.removeMember({ actorId: actor.userId, room, userId }),
});

export const updateMembership = defineCommand({
  schema: field.object(() => ({ ...patchMembership.unwrap().shape, room: field.id })),
  access: inTransaction(mayRead, mayHide),
  metered: true,
  run: ({ store }, actor, input): Promise<Membership> =>
    store.updateMembership({ userId: actor.userId, ...input }),
});
