/**
 * A member's room list, which is bounded: which rooms leave it when it is too long, and how to find
 * them again.
 */
import { listText } from "../../protocol/json_text.ts";
import { KEPT, LISTED } from "../../protocol/limits.ts";
import { nameKey } from "../../protocol/names.ts";
import type { UserRole } from "../../protocol/people.ts";
import { isStaff } from "../../protocol/permissions.ts";
import type { Room } from "../../protocol/rooms.ts";
import { wordsOfQuery } from "../../protocol/search_words.ts";
import type { RoomList } from "../contract/listing.ts";
import type { Driver, Value } from "../driver.ts";
import { containing } from "./parts/containing.ts";
import { GENERAL } from "./parts/general.ts";
import { SELECT_MEMBER_ROOM } from "./parts/membership.ts";
import { type Input, NO_CHANGES, read, write } from "./operation.ts";
import { countHidden, directPeople, listOf, namesOf } from "./parts/room_list.ts";
import {
  type MemberRoomRow,
  ROOM_COLUMNS,
  type RoomRow,
  toMemberRoom,
  toRoom,
} from "./parts/rows.ts";
import { HIDDEN, SHOWN } from "./parts/showing.ts";
import { beginning, HAS_WORD } from "./parts/user_words.ts";
import { requireActive } from "./parts/users.ts";
import { dataBytes, fitting, roomBytes } from "./parts/weight.ts";

/** Bytes of a membership. */
const MEMBERSHIP_BYTES = 120;

/** Rooms searched for a name per page of hidden rooms. */
const LOOKED_THROUGH = 500;

export const listRooms = read(
  async (db: Driver, { userId }: Input<"listRooms">): Promise<RoomList> => {
    await requireActive(db, userId);
    const { rooms, ids, surplus } = await listOf(db, userId, { hasFresh: true });
    return { rooms: listText(rooms), ids, surplus, hidden: await countHidden(db, userId) };
  },
);

interface ShownRow extends RoomRow {
  favourite: number;
  fresh: number;
  moved_at: number | null;
  maker_role: UserRole | null;
}

/** Rooms created by one other person that count; the rest come last. */
const SHARE_OF_A_MAKER = 20;

/**
 * One's favourites come first. Rooms with a name come before direct ones, up to two thirds of the list, so that somebody who
 * opens a thousand direct rooms with a user does not push theirs out. In both groups, rooms with
 * something unread come first, then the most recently active. Anybody may add anybody to rooms with
 * a name, too: so nobody's many rooms come before everybody else's.
 */
export const surplusRooms = read(async (db: Driver, { userId }: Input<"surplusRooms">) => {
  const rows = await db.all<ShownRow>(
    `SELECT ${ROOM_COLUMNS}, CASE WHEN r.head > m.read_seq THEN 1 ELSE 0 END AS fresh, (
       SELECT x.ts FROM messages AS x WHERE x.room_id = r.id ORDER BY x.seq DESC LIMIT 1
     ) AS moved_at, maker.role AS maker_role, m.favourite
     FROM members AS m JOIN rooms AS r ON r.id = m.room_id
     LEFT JOIN users AS maker ON maker.id = r.created_by
     WHERE m.user_id = ? AND m.hidden = ${SHOWN}`,
    [userId],
  );
  const last = await db.get<{ last_room: number | null }>(
    "SELECT last_room FROM users WHERE id = ?",
    [userId],
  );
  const ranked = rankedOf(rows, userId, last?.last_room ?? null).slice(0, KEPT.rooms).map(toRoom);
  const names = namesOf(await directPeople(db, ranked));
  const most = { count: KEPT.rooms, bytes: KEPT.bytes };
  const weightOf = (room: Room) => roomBytes(room, names) + MEMBERSHIP_BYTES;
  const kept = new Set(fitting(ranked, most, weightOf).map(({ id }) => id));
  return rows.filter(({ id }) => !kept.has(id)).map(({ id, head }) => ({ room: id, head }));
});

function rankedOf(rows: readonly ShownRow[], userId: number, lastRoom: number | null): ShownRow[] {
  const order = (a: ShownRow, b: ShownRow) =>
    b.fresh - a.fresh || (b.moved_at ?? b.created_at) - (a.moved_at ?? a.created_at) || b.id - a.id;
  const sorted = rows.toSorted(order);
  const beyond = beyondShares(sorted, userId);
  const within = sorted.filter((row) => !beyond.has(row));
  const named = within.filter(({ kind }) => kind !== "direct");
  const direct = within.filter(({ kind }) => kind === "direct");
  const most = Math.floor(KEPT.rooms * 2 / 3);
  const ranked = [
    ...rows.filter(({ id }) => id === lastRoom || id === GENERAL.id),
    ...sorted.filter(({ favourite }) => favourite === 1),
    ...named.slice(0, most),
    ...direct,
    ...named.slice(most),
    ...beyond,
  ];
  return [...new Set(ranked)];
}

/** The rooms a user created beyond their share, in order. */
function beyondShares(sorted: readonly ShownRow[], userId: number): Set<ShownRow> {
  const made = new Map<number, number>();
  return new Set(sorted.filter((row) => {
    if (isTrusted(row, userId)) return false;
    const { created_by } = row;
    const count = (made.get(created_by) ?? 0) + 1;
    made.set(created_by, count);
    return count > SHARE_OF_A_MAKER;
  }));
}

/** Created by the user, the server's owner or an admin, or everybody's room. */
function isTrusted({ id, created_by, maker_role }: ShownRow, userId: number): boolean {
  if (id === GENERAL.id || created_by === userId) return true;
  return maker_role !== null && isStaff(maker_role);
}

/** A room stays if something has happened meanwhile: members told about it must see it. */
export const hideRooms = write(async (db: Driver, { userId, rooms }: Input<"hideRooms">) => {
  // In one order, so that two nodes never wait for each other.
  for (const { room, head } of rooms.toSorted((a, b) => a.room - b.room)) {
    await db.lockRoom(room);
    await db.run(
      `UPDATE members SET hidden = ${HIDDEN}
       WHERE room_id = ? AND user_id = ? AND hidden = ${SHOWN}
         AND EXISTS (SELECT 1 FROM rooms AS r WHERE r.id = ? AND r.head = ?)`,
      [room, userId, room, head],
    );
  }
  return { result: undefined, changes: NO_CHANGES };
});

/** Searches only this many: a user in ten thousand rooms continues from `next`. */
const HIDDEN_BEFORE = `${SELECT_MEMBER_ROOM}
  WHERE m.user_id = ? AND m.hidden = ${HIDDEN} AND m.room_id < ? AND m.room_id >= ?`;

/** By a part of a room's name or of a member's name, or by the words of the latter. */
function matches(q: string): [condition: string, parameters: Value[]] {
  if (q.trim() === "") return ["", []];
  const pattern = containing(nameKey(q));
  const words = wordsOfQuery(q);
  const named = words.length === 0 ? "" : `OR (${words.map(() => HAS_WORD).join(" AND ")})`;
  const condition = `AND (r.name_key LIKE ? ESCAPE '\\' OR (r.kind = 'direct' AND EXISTS (
    SELECT 1 FROM members AS other JOIN users AS u ON u.id = other.user_id
    WHERE other.room_id = m.room_id AND other.user_id <> m.user_id
      AND (u.username_key LIKE ? ESCAPE '\\' OR u.display_key LIKE ? ESCAPE '\\' ${named})
  )))`;
  return [condition, [pattern, pattern, pattern, ...words.flatMap(beginning)]];
}

export const listHiddenRooms = read(async (db: Driver, input: Input<"listHiddenRooms">) => {
  const { userId, limit } = input;
  await requireActive(db, userId);
  const before = input.before ?? Number.MAX_SAFE_INTEGER;
  const stretch = await db.all<{ room_id: number }>(
    `SELECT room_id FROM members WHERE user_id = ? AND hidden = ${HIDDEN} AND room_id < ?
     ORDER BY room_id DESC LIMIT ${LOOKED_THROUGH}`,
    [userId, before],
  );
  const first = stretch.at(-1)?.room_id ?? 0;
  const [condition, named] = matches(input.q);
  const rows = await db.all<MemberRoomRow>(
    `${HIDDEN_BEFORE} ${condition} ORDER BY m.room_id DESC LIMIT ?`,
    [userId, before, first, ...named, limit + 1],
  );
  const page = fitting(rows.map(toMemberRoom), { count: limit, bytes: LISTED.bytes }, dataBytes);
  const rooms = page.length === 0 && rows.length > 0 ? [toMemberRoom(rows[0]!)] : page;
  const more = stretch.length === LOOKED_THROUGH ? first : null;
  return { rooms, next: rows.length > rooms.length ? rooms.at(-1)!.id : more };
});
