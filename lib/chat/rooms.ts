/** Rooms: browsing, creating, renaming. */
import { ConfabError, toConfabError } from "../errors.ts";
import { mayBrowse, mayMakeRoom, mayManageRoom, maySeeRoom } from "../protocol/permissions.ts";
import * as input from "../protocol/rooms.ts";
import { byAccount, type CommandContext, defineCommand, inTransaction } from "./command.ts";

/** How many rooms browsing returns; `q` narrows it. */
const BROWSE_LIMIT = 100;

export const browseRooms = defineCommand({
  schema: input.browseRooms,
  access: byAccount(mayBrowse),
  run: ({ store }, actor, { q }): Promise<input.Room[]> =>
    store.browseRooms({ userId: actor.userId, q, limit: BROWSE_LIMIT }),
});

export const getRoom = defineCommand({
  schema: input.getRoom,
  access: inTransaction(maySeeRoom),
  run: ({ store }, actor, { room }): Promise<input.Room | input.MemberRoom> =>
    store.getRoom({ userId: actor.userId, room }),
});

/** `created` is false if the direct room of exactly these people existed already. */
export const createRoom = defineCommand({
  schema: input.createRoom,
  access: byAccount(mayMakeRoom),
  metered: true,
  run: async (context, actor, wanted): Promise<{ room: input.MemberRoom; created: boolean }> => {
    if (wanted.kind === "direct") return await openDirect(context, actor.userId, wanted.users);
    const wait = context.roomRate.spend(actor.userId);
    if (wait > 0) throw tooManyRooms(wait);
    const { kind, name, topic = "" } = wanted;
    const { store, now } = context;
    return {
      room: await store.createRoom({ userId: actor.userId, kind, name, topic, now: now() }),
      created: true,
    };
  },
});

/**
 * Counted first, so that many at once cannot slip through; opening an existing room does not count.
 */
async function openDirect(
  { store, roomRate, now }: CommandContext,
  userId: number,
  users: number[],
): Promise<{ room: input.MemberRoom; created: boolean }> {
  const wait = roomRate.spend(userId);
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
  schema: input.updateRoom,
  access: inTransaction(mayManageRoom),
  metered: true,
  run: ({ store }, actor, change): Promise<input.MemberRoom> =>
    store.updateRoom({ userId: actor.userId, ...change }),
});
