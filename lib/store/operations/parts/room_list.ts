/**
 * What is in a member's room list, and what is not. A stranger can add somebody to thousands of
 * rooms; neither a page nor a connection may cost more because of it (docs/decisions/0011).
 */
import { HIDDEN_COUNT, LISTED, SMALL_ROOM } from "../../../protocol/limits.ts";
import type { JsonText } from "../../../protocol/json_text.ts";
import type { HiddenRooms } from "../../../protocol/listing.ts";
import type { MemberRoom, Room } from "../../../protocol/rooms.ts";
import type { Driver } from "../../driver.ts";
import { freshByRoom } from "./fresh_threads.ts";
import {
  type ListedUser,
  listedUser,
  memberRoomText,
  type SharedRoom,
  sharedRoom,
  sharedRooms,
} from "./listed_texts.ts";
import {
  MARK_COLUMNS,
  type MarkRow,
  type MemberRoomRow,
  MEMBERSHIP_COLUMNS,
  ROOM_COLUMNS,
  type RoomRow,
  USER_COLUMNS,
  type UserRow,
} from "./rows.ts";
import { HIDDEN, SHOWN } from "./showing.ts";
import { unreadCounts } from "./unread_counts.ts";
import { findUserRows } from "./users.ts";
import { fitting, linkBytes } from "./weight.ts";

/** People a list is chosen from; more than fit. */
const MOST_PEOPLE = 600;

export interface List {
  /** By id. */
  rooms: JsonText<MemberRoom>[];
  /** Of each of them. */
  ids: number[];
  heads: number[];
  accesses: number[];
  /** There are more rooms than the list may hold. */
  surplus: boolean;
  /** Their people are listed: those of direct rooms and of small ones. */
  named: boolean;
  /** The people in the direct rooms among them, as far as they are known. */
  people: ListedUser[];
}

export async function listOf(db: Driver, userId: number): Promise<List> {
  const version = await db.version();
  const all = version === null ? await readWhole(db, userId) : await readOwn(db, userId, version);
  const people = await directPeople(db, all.map(({ shared }) => shared.room));
  const names = namesOf(people);
  const most = { count: LISTED.rooms, bytes: LISTED.bytes };
  const listed = fitting(all, most, (each) => bytesOf(each, names));
  const shown = new Set(listed.flatMap(({ shared: { room } }) => room.users ?? []));
  return {
    rooms: listed.map(({ row, shared }) => memberRoomText(shared, row)),
    ids: listed.map(({ row }) => row.id),
    heads: listed.map(({ row }) => row.head),
    accesses: listed.map(({ row }) => row.access),
    surplus: listed.length < all.length,
    named: listed.some(({ shared: { room } }) =>
      room.kind === "direct" || room.memberCount <= SMALL_ROOM
    ),
    people: [...people.values()].filter(({ user }) => shown.has(user.id)),
  };
}

/** A member's own part of a room, and what all its members share. */
interface ListedRoom {
  row: Omit<MemberRoomRow, Exclude<keyof RoomRow, "id" | "head" | "access">>;
  shared: SharedRoom;
}

const IN_THE_LIST = `WHERE m.user_id = ? AND m.hidden = ${SHOWN} ORDER BY m.room_id LIMIT ${
  LISTED.rooms + 1
}`;

async function readWhole(db: Driver, userId: number): Promise<ListedRoom[]> {
  const rows = await db.all<MemberRoomRow>(
    `SELECT ${ROOM_COLUMNS}, ${MEMBERSHIP_COLUMNS}
     FROM members AS m JOIN rooms AS r ON r.id = m.room_id ${IN_THE_LIST}`,
    [userId],
  );
  return rows.map((row) => ({ row, shared: sharedRoom(db, row) }));
}

const NOTHING_UNREAD = { unread: 0, mentions: 0 };

/** What members share is read once in this version of the database, for whoever comes first. */
async function readOwn(db: Driver, userId: number, version: number): Promise<ListedRoom[]> {
  const marks = await db.all<MarkRow & { id: number }>(
    `SELECT m.room_id AS id, ${MARK_COLUMNS} FROM members AS m ${IN_THE_LIST}`,
    [userId],
  );
  const shared = await sharedRooms(db, marks.map(({ id }) => id), version);
  const found = marks.map((mark) => {
    const room = shared.get(mark.id)!; // of the same view: each of its rooms is there
    const { head, access } = room.row;
    return { id: mark.id, head, access, read_seq: mark.read_seq, mark, shared: room };
  });
  const counts = await unreadCounts(db, userId, found);
  const threads = await freshByRoom(db, userId);
  return found.map(({ id, head, access, mark, shared }) => {
    const { unread, mentions } = counts.get(id) ?? NOTHING_UNREAD;
    const row = { ...mark, head, access, unread, mentions, threads: threads.get(id) ?? 0 };
    return { row, shared };
  });
}

/** As `roomBytes` counts them. */
function bytesOf({ row, shared }: ListedRoom, names: ReadonlyMap<number, string>): number {
  const link = shared.room.kind === "direct" ? linkBytes(shared.room, names) : 0;
  return shared.bytes + `,"head":${row.head}`.length + link;
}

export async function directPeople(
  db: Driver,
  rooms: readonly Room[],
): Promise<Map<number, ListedUser>> {
  const ids = [...new Set(rooms.flatMap(({ users = [] }) => users))].slice(0, MOST_PEOPLE);
  const rows = await findUserRows(db, ids);
  return new Map(rows.map((row) => [row.id, listedUser(db, row)]));
}

/** If a user could be confused with another, the username follows the display name. */
export function namesOf(people: ReadonlyMap<number, ListedUser>): Map<number, string> {
  return new Map(
    [...people].map(([id, { user }]) => [id, `${user.displayName} (@${user.username}), `]),
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
export async function peopleIn(
  db: Driver,
  self: UserRow,
  { named, people }: List,
): Promise<ListedUser[]> {
  if (!named) return [];
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
  const known = new Map([[self.id, listedUser(db, self)]]);
  for (const each of people) known.set(each.user.id, each);
  for (const row of others) known.set(row.id, listedUser(db, row));
  const most = { count: MOST_PEOPLE, bytes: LISTED.userBytes };
  return fitting([...known.values()], most, ({ bytes }) => bytes)
    .sort((a, b) => a.user.id - b.user.id);
}
