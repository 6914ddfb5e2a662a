/**
 * Which rooms are in a member's list, and when they come into it. What happens in a room brings it
 * back to everybody from whom it was hidden, in the same transaction: they are told of the room as
 * it was before, and then of what happened. It raises the room's access like a newcomer, so that on
 * no node a message overtakes the room's return. Asks no permission.
 */
import type { Driver } from "../../driver.ts";
import type { Change } from "../../store.ts";
import { accessOf, raiseAccess, requireMemberRoom } from "./membership.ts";
import { findUsers } from "./users.ts";

/** Values of `members.hidden`. */
export const SHOWN = 0;
export const HIDDEN = 1;
/** A direct room in which nothing was said yet, for those who did not make it. */
export const UNSAID = 2;

export type Joined = Extract<Change, { type: "joined" }>;

/** Brings a room back to all from whom it is hidden. To be called before its head is raised. */
export async function showToAll(db: Driver, room: number): Promise<Joined[]> {
  const hidden = await db.all<{ user_id: number }>(
    "SELECT user_id FROM members WHERE room_id = ? AND hidden > 0",
    [room],
  );
  if (hidden.length === 0) return [];
  await db.run(
    `UPDATE members SET hidden = ${SHOWN} WHERE room_id = ? AND hidden > 0`,
    [room],
  );
  await raiseAccess(db, room);
  const joined: Joined[] = [];
  for (const { user_id: userId } of hidden) joined.push(await joinedOf(db, room, userId));
  return joined;
}

/** Brings a room back to one member; null where it is in their list. */
export async function showTo(db: Driver, room: number, userId: number): Promise<Joined | null> {
  const changed = await db.run(
    `UPDATE members SET hidden = ${SHOWN} WHERE room_id = ? AND user_id = ? AND hidden > 0`,
    [room, userId],
  );
  if (changed === 0) return null;
  await raiseAccess(db, room);
  return await joinedOf(db, room, userId);
}

async function joinedOf(db: Driver, id: number, userId: number): Promise<Joined> {
  const room = await requireMemberRoom(db, id, userId);
  // By whom a direct room is called: its new member may know none of them.
  const access = await accessOf(db, id);
  return { type: "joined", userId, room, access, people: await findUsers(db, room.users ?? []) };
}
