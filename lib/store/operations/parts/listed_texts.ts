/**
 * Rooms and people as the text of a list. A room's is the same for all its members but for its head
 * and their membership, a person's for everybody: each is made once, and kept until a column that it
 * was made of is another. Asks no permission.
 */
import type { Membership } from "../../../protocol/members.ts";
import type { JsonText } from "../../../protocol/json_text.ts";
import type { User } from "../../../protocol/people.ts";
import type { MemberRoom, Room } from "../../../protocol/rooms.ts";
import type { Driver } from "../../driver.ts";
import type { KeptKind } from "../../kept.ts";
import {
  type MemberRoomRow,
  type RoomRow,
  toMembership,
  toRoom,
  toUser,
  type UserRow,
} from "./rows.ts";
import { dataBytes, linkBytes } from "./weight.ts";

/** What all members see of a room, but for its head. */
export interface SharedRoom {
  row: RoomRow;
  room: Room;
  /** Without the closing brace. */
  text: string;
  /** In a page, without its head; of a direct room, without its link. */
  bytes: number;
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

export function sharedRoom(db: Driver, row: RoomRow): SharedRoom {
  const rooms = db.shelf.of(ROOMS);
  const known = rooms.get(row.id);
  if (known !== undefined && isSameRoom(known.row, row)) return known;
  const room = toRoom(row);
  const { head: _head, ...rest } = room;
  const text = JSON.stringify(rest).slice(0, -1);
  const bytes = dataBytes(rest) + (room.name === null ? 0 : linkBytes(room, NO_NAMES));
  const shared = { row, room, text, bytes };
  rooms.set(row.id, shared, OVERHEAD + 4 * text.length);
  return shared;
}

/** Everything that `toRoom` reads but the head. */
function isSameRoom(a: RoomRow, b: RoomRow): boolean {
  return a.kind === b.kind && a.name === b.name && a.topic === b.topic &&
    a.created_by === b.created_by && a.created_at === b.created_at && a.archived === b.archived &&
    a.member_count === b.member_count && a.direct_key === b.direct_key && a.picture === b.picture;
}

export function memberRoomText(shared: SharedRoom, row: MemberRoomRow): JsonText<MemberRoom> {
  const own = membershipText(toMembership(row));
  return `${shared.text},"head":${row.head},"membership":${own}}` as JsonText<MemberRoom>;
}

/** By hand, in half the time: what it holds are numbers and words of our own. */
function membershipText(own: Membership): string {
  return `{"role":"${own.role}","readSeq":${own.readSeq},"unread":${own.unread},` +
    `"mentions":${own.mentions},"threads":${own.threads},"notify":"${own.notify}",` +
    `"joinedAt":${own.joinedAt},"favourite":${own.favourite}` +
    `${own.hidden === undefined ? "" : ',"hidden":true'}}`;
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
