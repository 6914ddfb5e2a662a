/**
 * What is in a member's room list, and what is not. A stranger can add somebody to thousands of
 * rooms; neither a page nor a connection may cost more because of it (docs/decisions/0011).
 */
import { HIDDEN_COUNT, LISTED, SMALL_ROOM } from "../../../protocol/limits.ts";
import type { User } from "../../../protocol/people.ts";
import type { HiddenRooms } from "../../../protocol/listing.ts";
import type { MemberRoom, Room } from "../../../protocol/rooms.ts";
import type { Driver } from "../../driver.ts";
import { SELECT_MEMBER_ROOM } from "./membership.ts";
import { type MemberRoomRow, toMemberRoom, toUser, USER_COLUMNS, type UserRow } from "./rows.ts";
import { HIDDEN, SHOWN } from "./showing.ts";
import { findUsers } from "./users.ts";
import { dataBytes, fitting, roomBytes } from "./weight.ts";

/** People a list is chosen from; more than fit. */
const MOST_PEOPLE = 600;

export interface List {
  /** By id. */
  rooms: MemberRoom[];
  /** The `access` of each of them. */
  accesses: number[];
  /** There are more rooms than the list may hold. */
  surplus: boolean;
  /** The people in the direct rooms among them. */
  people: ReadonlyMap<number, User>;
}

export async function listOf(db: Driver, userId: number): Promise<List> {
  const rows = await db.all<MemberRoomRow>(
    `${SELECT_MEMBER_ROOM} WHERE m.user_id = ? AND m.hidden = ${SHOWN}
     ORDER BY m.room_id LIMIT ${LISTED.rooms + 1}`,
    [userId],
  );
  const all = rows.map(toMemberRoom);
  const people = await directPeople(db, all);
  const names = namesOf(people);
  const most = { count: LISTED.rooms, bytes: LISTED.bytes };
  const rooms = fitting(all, most, (room) => roomBytes(room, names));
  const accesses = rows.slice(0, rooms.length).map(({ access }) => access);
  return { rooms, accesses, surplus: rooms.length < all.length, people };
}

export async function directPeople(db: Driver, rooms: readonly Room[]): Promise<Map<number, User>> {
  const ids = [...new Set(rooms.flatMap(({ users = [] }) => users))].slice(0, MOST_PEOPLE);
  return new Map((await findUsers(db, ids)).map((user) => [user.id, user]));
}

/** If a user could be confused with another, the username follows the display name. */
export function namesOf(people: ReadonlyMap<number, User>): Map<number, string> {
  return new Map(
    [...people].map(([id, user]) => [id, `${user.displayName} (@${user.username}), `]),
  );
}

export async function countHidden(db: Driver, userId: number): Promise<HiddenRooms> {
  const row = (await db.get<{ rooms: number; fresh: number | null }>(
    `SELECT count(*) AS rooms, max(CASE WHEN r.head > found.read_seq THEN 1 ELSE 0 END) AS fresh
     FROM (
       SELECT m.room_id, m.read_seq FROM members AS m
       WHERE m.user_id = ? AND m.hidden = ${HIDDEN}
       ORDER BY m.room_id DESC LIMIT ${HIDDEN_COUNT}
     ) AS found JOIN rooms AS r ON r.id = found.room_id`,
    [userId],
  ))!; // it always answers one row
  return { rooms: row.rooms, unread: row.fresh === 1 };
}

/** The user, then the people in the list's direct rooms, then those in its small rooms. */
export async function peopleIn(db: Driver, self: User, { rooms, people }: List): Promise<User[]> {
  const isNamed = (room: MemberRoom) => room.kind === "direct" || room.memberCount <= SMALL_ROOM;
  if (!rooms.some(isNamed)) return [];
  const others = await db.all<UserRow>(
    `SELECT ${USER_COLUMNS} FROM users AS u WHERE u.id IN (
       SELECT other.user_id FROM members AS mine
       JOIN rooms AS r ON r.id = mine.room_id AND r.member_count <= ${SMALL_ROOM}
         AND r.kind <> 'direct'
       JOIN members AS other ON other.room_id = r.id
       WHERE mine.user_id = ? AND mine.hidden = ${SHOWN} LIMIT ${LISTED.rooms * SMALL_ROOM}
     ) ORDER BY u.id LIMIT ${MOST_PEOPLE}`,
    [self.id],
  );
  const listed = new Set(rooms.flatMap(({ users = [] }) => users));
  const known = new Map([[self.id, self]]);
  for (const [id, user] of people) if (listed.has(id)) known.set(id, user);
  for (const row of others) known.set(row.id, toUser(row));
  const most = { count: MOST_PEOPLE, bytes: LISTED.userBytes };
  return fitting([...known.values()], most, dataBytes).sort((a, b) => a.id - b.id);
}
