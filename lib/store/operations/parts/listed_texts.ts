/**
 * Rooms and people as the text of a list. A room's is the same for all its members but for its head
 * and their membership, a person's for everybody: each is made once, and kept until a column that it
 * was made of is another. Asks no permission.
 */
import type { JsonText } from "../../../protocol/json_text.ts";
import type { User } from "../../../protocol/people.ts";
import type { MemberRoom, Room } from "../../../protocol/rooms.ts";
import type { Driver } from "../../driver.ts";
import type { KeptKind } from "../../kept.ts";
import { allInList, LIST } from "./lists.ts";
import {
  type MemberRoomRow,
  ROOM_COLUMNS,
  type RoomRow,
  toRoom,
  toUser,
  type UserRow,
} from "./rows.ts";
import { dataBytes, linkBytes } from "./weight.ts";

/** What all members see of a room, but for its head. */
export interface SharedRoom {
  /** As it was when it was last compared, its head included. */
  row: RoomRow;
  room: Room;
  /** Without the closing brace. */
  text: string;
  /** In a page, without its head; of a direct room, without its link. */
  bytes: number;
  /** What most of its members have in common besides: see `memberRoomText`. */
  usual: Usual | null;
  /** Of the database (`Driver.version`), when the row was last compared; null: unknown. */
  version: number | null;
}

export interface ListedUser {
  row: UserRow;
  user: User;
  text: JsonText<User>;
  /** In a page. */
  bytes: number;
}

const ROOMS: KeptKind<SharedRoom> = { bytes: 2 ** 20 };
const USERS: KeptKind<ListedUser> = { bytes: 2 ** 20 };
/** Of what is kept, beside its texts. */
const OVERHEAD = 800;
const NO_NAMES: ReadonlyMap<number, string> = new Map();

/**
 * What is kept of these rooms, in their order, read again where the database has changed since.
 * @param version of the database, in this view
 */
export async function sharedRooms(
  db: Driver,
  ids: readonly number[],
  version: number,
): Promise<SharedRoom[]> {
  const kept = db.shelf.of(ROOMS);
  const found = ids.map((id) => {
    const known = kept.get(id);
    return known?.version === version ? known : null;
  });
  const others = ids.filter((_, at) => found[at] === null);
  const fresh = new Map<number, SharedRoom>();
  const sql = `SELECT ${ROOM_COLUMNS} FROM rooms AS r WHERE r.id IN (${LIST})`;
  for (const row of await allInList<RoomRow>(db, sql, [], others)) {
    const shared = sharedRoom(db, row);
    shared.row = row;
    shared.version = version;
    fresh.set(row.id, shared);
  }
  // Of the same view: each of its rooms is there.
  return found.map((known, at) => known ?? fresh.get(ids[at]!)!);
}

export function sharedRoom(db: Driver, row: RoomRow): SharedRoom {
  const rooms = db.shelf.of(ROOMS);
  const known = rooms.get(row.id);
  if (known !== undefined && isSameRoom(known.row, row)) return known;
  const room = toRoom(row);
  const { head: _head, ...rest } = room;
  const text = JSON.stringify(rest).slice(0, -1);
  const bytes = dataBytes(rest) + (room.name === null ? 0 : linkBytes(room, NO_NAMES));
  const shared: SharedRoom = { row, room, text, bytes, usual: null, version: null };
  // With the text that is kept in `usual`.
  rooms.set(row.id, shared, 2 * (OVERHEAD + 4 * text.length));
  return shared;
}

/** Everything that `toRoom` reads but the head. */
function isSameRoom(a: RoomRow, b: RoomRow): boolean {
  return a.kind === b.kind && a.name === b.name && a.topic === b.topic &&
    a.created_by === b.created_by && a.created_at === b.created_at && a.archived === b.archived &&
    a.member_count === b.member_count && a.direct_key === b.direct_key && a.picture === b.picture;
}

/** What a room's text is made of besides what all its members see. */
export type OwnPart = Omit<MemberRoomRow, keyof RoomRow> & Pick<RoomRow, "head">;

interface Usual {
  own: OwnPart;
  /** Up to when the member joined. */
  text: string;
}

/** Nearly all members have read all, and differ in when they joined: up to there it is kept. */
export function memberRoomText(shared: SharedRoom, own: OwnPart): JsonText<MemberRoom> {
  if (shared.usual === null || !isSameOwn(shared.usual.own, own)) {
    const parts = [shared.text, `,"head":${own.head},"membership":`, membershipBegun(own)];
    // Joined, so that the engine has it in one piece: each list it goes into copies it.
    shared.usual = { own, text: parts.join("") };
  }
  return `${shared.usual.text}${membershipEnd(own)}}` as JsonText<MemberRoom>;
}

/** The head, and everything that `membershipBegun` reads. */
function isSameOwn(a: OwnPart, b: OwnPart): boolean {
  return a.head === b.head && a.read_seq === b.read_seq && a.unread === b.unread &&
    a.mentions === b.mentions && a.threads === b.threads && a.member_role === b.member_role &&
    a.notify === b.notify;
}

/** By hand, in half the time: what it holds are numbers and words of our own. See `toMembership`. */
function membershipBegun(own: OwnPart): string {
  return `{"role":"${own.member_role}","readSeq":${own.read_seq},"unread":${own.unread},` +
    `"mentions":${own.mentions},"threads":${own.threads},"notify":"${own.notify}",`;
}

function membershipEnd({ joined_at, favourite, hidden }: OwnPart): string {
  const end = hidden === 0 ? "}" : ',"hidden":true}';
  return `"joinedAt":${joined_at},"favourite":${favourite === 1}${end}`;
}

export function listedUser(db: Driver, row: UserRow): ListedUser {
  const users = db.shelf.of(USERS);
  const known = users.get(row.id);
  if (known !== undefined && isSameUser(known.row, row)) return known;
  const user = toUser(row);
  const text = JSON.stringify(user) as JsonText<User>;
  const listed = { row, user, text, bytes: dataBytes(user) };
  users.set(row.id, listed, OVERHEAD + 4 * text.length);
  return listed;
}

/** Everything that `toUser` reads. */
function isSameUser(a: UserRow, b: UserRow): boolean {
  return a.username === b.username && a.display_name === b.display_name && a.role === b.role &&
    a.avatar === b.avatar && a.disabled === b.disabled && a.namesake === b.namesake &&
    a.status_emoji === b.status_emoji && a.status_text === b.status_text &&
    a.status_until === b.status_until && a.time_zone === b.time_zone;
}
