/** Rooms as their members see them, and adding people to rooms. Checks no permission. */
import { notFound } from "../../../errors.ts";
import type { MemberRole } from "../../../protocol/members.ts";
import type { MemberRoom } from "../../../protocol/rooms.ts";
import type { Driver } from "../../driver.ts";
import type { Change } from "../../store.ts";
import { SMALL_ROOM } from "../../../protocol/limits.ts";
import { returnToThreads } from "./thread_marks.ts";
import { type MemberRoomRow, MEMBERSHIP_COLUMNS, ROOM_COLUMNS, toMemberRoom } from "./rows.ts";

export const SELECT_MEMBER_ROOM = `SELECT m.user_id, ${ROOM_COLUMNS}, ${MEMBERSHIP_COLUMNS}
  FROM members AS m JOIN rooms AS r ON r.id = m.room_id`;

export async function findMemberRoom(
  db: Driver,
  room: number,
  userId: number,
): Promise<MemberRoom | null> {
  const row = await db.get<MemberRoomRow>(
    `${SELECT_MEMBER_ROOM} WHERE m.room_id = ? AND m.user_id = ?`,
    [room, userId],
  );
  return row === undefined ? null : toMemberRoom(row);
}

export async function requireMemberRoom(
  db: Driver,
  room: number,
  userId: number,
): Promise<MemberRoom> {
  const found = await findMemberRoom(db, room, userId);
  if (found === null) throw notFound("room");
  return found;
}

/**
 * The role of somebody who joins: owner, if everybody has left. Whenever the last owner leaves, the
 * oldest member takes over, so only an empty room has none.
 */
export async function newcomerRole(db: Driver, room: number): Promise<MemberRole> {
  return await memberCount(db, room) === 0 ? "owner" : "member";
}

export async function memberCount(db: Driver, room: number): Promise<number> {
  const row = await db.get<{ member_count: number }>(
    "SELECT member_count FROM rooms WHERE id = ?",
    [room],
  );
  return row?.member_count ?? 0;
}

/** How often it has changed who may read or write in the room: see `changes.ts`. */
export async function accessOf(db: Driver, room: number): Promise<number> {
  const row = await db.get<{ access: number }>("SELECT access FROM rooms WHERE id = ?", [room]);
  return row?.access ?? 0;
}

/** Who may read or write in the room, or hears of it, changes in this transaction. */
export async function raiseAccess(db: Driver, room: number): Promise<void> {
  await db.run("UPDATE rooms SET access = access + 1 WHERE id = ?", [room]);
}

/** Makes a user a member who has read everything so far. `hidden`: see `showing.ts`. */
export async function addToRoom(
  db: Driver,
  room: number,
  userId: number,
  role: MemberRole,
  now: number,
  hidden = 0,
): Promise<MemberRoom> {
  await db.run(
    `INSERT INTO members (room_id, user_id, role, read_seq, joined_at, hidden)
     SELECT r.id, ?, ?, r.head, ?, ? FROM rooms AS r WHERE r.id = ?`,
    [userId, role, now, hidden, room],
  );
  await db.run(
    "UPDATE rooms SET member_count = member_count + 1, access = access + 1 WHERE id = ?",
    [room],
  );
  await returnToThreads(db, room, userId);
  return requireMemberRoom(db, room, userId);
}

/**
 * The others are told the new member count, and a new owner their role. Not in a large room: there
 * nobody counts, and telling a thousand people about each newcomer would cost a million events.
 */
export function recounted(room: number, memberCount: number): Change[] {
  return memberCount > 0 && memberCount <= SMALL_ROOM ? [{ type: "room", room }] : [];
}
