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
import { filled, LIST, PORTION } from "./lists.ts";
import {
  type ListedUser,
  listedUser,
  memberRoomText,
  type OwnPart,
  type SharedRoom,
  sharedRoom,
  sharedRooms,
} from "./listed_texts.ts";
import {
  type MemberRoomRow,
  MEMBERSHIP_COLUMNS,
  ROOM_COLUMNS,
  USER_COLUMNS,
  type UserRow,
} from "./rows.ts";
import { HIDDEN, SHOWN } from "./showing.ts";
import { ownPart, roomOfMark, SHOWN_MARK_COLUMNS, type ShownMarkRow } from "./shown_marks.ts";
import { type ReadMark, unreadCounts } from "./unread_counts.ts";
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
  /** Those of the small ones that have others in them, and are not direct. */
  small: number[];
  /** The people in the direct rooms among them, as far as they are known. */
  people: ListedUser[];
}

/** @param hasFresh whether the member may follow a thread with something new */
export async function listOf(
  db: Driver,
  userId: number,
  { hasFresh }: { hasFresh: boolean },
): Promise<List> {
  const version = await db.version();
  const all = version === null
    ? await readWhole(db, userId)
    : await readOwn(db, userId, version, hasFresh);
  const people = await directPeople(db, all.map(({ shared }) => shared.room));
  const names = namesOf(people);
  const most = { count: LISTED.rooms, bytes: LISTED.bytes };
  const listed = fitting(all, most, (each) => bytesOf(each, names));
  const surplus = listed.length < all.length;
  const shown = surplus ? idsOfPeople(listed.map(({ shared }) => shared.room)) : null;
  return {
    ...columnsOf(listed),
    surplus,
    people: [...people.values()].filter(({ user }) => shown?.has(user.id) ?? true),
  };
}

/** In one pass: a hundred rooms for each person who comes. */
function columnsOf(listed: readonly ListedRoom[]): Omit<List, "surplus" | "people"> {
  const rooms: JsonText<MemberRoom>[] = [];
  const ids: number[] = [];
  const heads: number[] = [];
  const accesses: number[] = [];
  const small: number[] = [];
  let named = false;
  for (const { own, shared, access } of listed) {
    const { room } = shared;
    rooms.push(memberRoomText(shared, own));
    ids.push(room.id);
    heads.push(own.head);
    accesses.push(access);
    named ||= room.kind === "direct" || room.memberCount <= SMALL_ROOM;
    if (isSmall(room)) small.push(room.id);
  }
  return { rooms, ids, heads, accesses, named, small };
}

/** A member's own part of a room, and what all its members share. */
interface ListedRoom {
  own: OwnPart;
  access: number;
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
  return rows.map((row) => ({ own: row, access: row.access, shared: sharedRoom(db, row) }));
}

const NOTHING_UNREAD = { unread: 0, mentions: 0 };
const NO_THREADS: ReadonlyMap<number, number> = new Map();

/** What members share is read once in this version of the database, for whoever comes first. */
async function readOwn(
  db: Driver,
  userId: number,
  version: number,
  hasFresh: boolean,
): Promise<ListedRoom[]> {
  const marks = await db.all<ShownMarkRow>(
    `SELECT ${SHOWN_MARK_COLUMNS} FROM members AS m ${IN_THE_LIST}`,
    [userId],
  );
  const ids = marks.map(roomOfMark);
  const shared = await sharedRooms(db, ids, version);
  const behind: ReadMark[] = [];
  for (const [at, id] of ids.entries()) {
    const { head } = shared[at]!.row;
    const { read_seq } = marks[at]!;
    if (head > read_seq) behind.push({ id, head, read_seq });
  }
  const counts = await unreadCounts(db, userId, behind);
  const threads = hasFresh ? await freshByRoom(db, userId) : NO_THREADS;
  return marks.map((mark, at) => {
    const id = ids[at]!;
    const room = shared[at]!;
    const { head, access } = room.row;
    const { unread, mentions } = counts.get(id) ?? NOTHING_UNREAD;
    const own = ownPart(mark, { head, unread, mentions, threads: threads.get(id) ?? 0 });
    return { own, access, shared: room };
  });
}

const HEAD = ',"head":'.length;

/** As `roomBytes` counts them. */
function bytesOf({ own, shared }: ListedRoom, names: ReadonlyMap<number, string>): number {
  const link = shared.room.kind === "direct" ? linkBytes(shared.room, names) : 0;
  return shared.bytes + HEAD + String(own.head).length + link;
}

export async function directPeople(
  db: Driver,
  rooms: readonly Room[],
): Promise<Map<number, ListedUser>> {
  const ids = [...idsOfPeople(rooms)].slice(0, MOST_PEOPLE);
  const rows = await findUserRows(db, ids);
  return new Map(rows.map((row) => [row.id, listedUser(db, row)]));
}

/** The people in those of them that are direct. */
function idsOfPeople(rooms: readonly Room[]): Set<number> {
  const ids = new Set<number>();
  for (const { users } of rooms) for (const id of users ?? []) ids.add(id);
  return ids;
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

function isSmall({ kind, memberCount }: Room): boolean {
  return kind !== "direct" && memberCount > 1 && memberCount <= SMALL_ROOM;
}

/** The user, then the people in the list's direct rooms, then those in its small rooms. */
export async function peopleIn(
  db: Driver,
  self: UserRow,
  { named, people, small }: List,
): Promise<ListedUser[]> {
  if (!named) return [];
  const known = new Map([[self.id, listedUser(db, self)]]);
  for (const each of people) known.set(each.user.id, each);
  for (const row of await peopleOfRooms(db, self.id, small)) known.set(row.id, listedUser(db, row));
  const most = { count: MOST_PEOPLE, bytes: LISTED.userBytes };
  return fitting([...known.values()], most, ({ bytes }) => bytes)
    .sort((a, b) => a.user.id - b.user.id);
}

/**
 * Few rooms are named one by one: who is in many has them looked up beside their memberships. The
 * limits change no answer: without one PostgreSQL may read all users to find these.
 */
async function peopleOfRooms(
  db: Driver,
  userId: number,
  small: readonly number[],
): Promise<UserRow[]> {
  if (small.length === 0) return [];
  const isFew = small.length <= PORTION;
  const found = isFew
    ? `SELECT other.user_id FROM members AS other WHERE other.room_id IN (${LIST})
       LIMIT ${PORTION * SMALL_ROOM}`
    : `SELECT other.user_id FROM members AS mine
       JOIN rooms AS r ON r.id = mine.room_id AND r.member_count <= ${SMALL_ROOM}
         AND r.kind <> 'direct'
       JOIN members AS other ON other.room_id = r.id
       WHERE mine.user_id = ? AND mine.hidden = ${SHOWN} LIMIT ${LISTED.rooms * SMALL_ROOM}`;
  return await db.all<UserRow>(
    `SELECT ${USER_COLUMNS} FROM users AS u WHERE u.id IN (${found})
     ORDER BY u.id LIMIT ${MOST_PEOPLE}`,
    isFew ? filled(small) : [userId],
  );
}
