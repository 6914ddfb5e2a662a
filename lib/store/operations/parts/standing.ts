/**
 * A user's relation to a room, read inside the transaction that acts on it, and what happens when a
 * rule of `protocol/permissions.ts` refuses. Knows no rule itself.
 */
import { ConfabError, notFound } from "../../../errors.ts";
import type { MemberRole } from "../../../protocol/members.ts";
import type { UserRole } from "../../../protocol/people.ts";
import type { RoomKind } from "../../../protocol/rooms.ts";
import { mayRead, type Standing, type Verdict } from "../../../protocol/permissions.ts";
import type { Driver } from "../../driver.ts";
import { requireEnabled } from "./users.ts";

const NOT_A_MEMBER = "You are not a member of this room.";

/** The facts rules need, and a few more from the same query. */
export interface RoomStanding extends Standing {
  username: string;
  head: number;
  /** See `changes.ts`. */
  access: number;
  /** How far a member has read; 0 for non-members. */
  readSeq: number;
}

export interface StandingRow {
  username: string;
  user_role: UserRole;
  disabled: number;
  /** Null, like the room's other fields, if there is no such room. */
  kind: RoomKind | null;
  archived: number;
  head: number;
  access: number;
  is_group: number;
  member_role: MemberRole | null;
  read_seq: number | null;
}

/** `direct_key` of more than two people, or of a group that somebody left. */
export const IS_GROUP =
  "(r.kind = 'direct' AND (r.direct_key LIKE '%,%,%' OR r.direct_key LIKE '%#%'))";

export const STANDING_COLUMNS =
  `u.username, u.role AS user_role, u.disabled, r.kind, r.archived, r.head, r.access,
  ${IS_GROUP} AS is_group,
  m.role AS member_role, m.read_seq`;

const FROM_STANDING = `
  FROM users AS u
  LEFT JOIN rooms AS r ON r.id = ?
  LEFT JOIN members AS m ON m.room_id = r.id AND m.user_id = u.id
  WHERE u.id = ?`;

/** `null` if there is no such room or no such user. */
export async function findStanding(
  db: Driver,
  userId: number,
  room: number,
): Promise<RoomStanding | null> {
  const row = await db.get<StandingRow>(`SELECT ${STANDING_COLUMNS} ${FROM_STANDING}`, [
    room,
    userId,
  ]);
  return row === undefined ? null : toStanding(row);
}

export function toStanding(row: StandingRow): RoomStanding | null {
  const user = { role: row.user_role, disabled: row.disabled === 1 };
  requireEnabled(user);
  if (row.kind === null) return null;
  return {
    username: row.username,
    user,
    kind: row.kind,
    archived: row.archived === 1,
    member: row.member_role,
    group: Number(row.is_group) === 1,
    head: row.head,
    access: row.access,
    readSeq: row.read_seq ?? 0,
  };
}

/**
 * The standing of a user about to send a message, with the id of the message they stored before
 * with the same `clientId`. One query: every send pays for it.
 */
export async function findSenderStanding(
  db: Driver,
  userId: number,
  room: number,
  clientId: string,
): Promise<{ standing: RoomStanding; earlierId: number | null } | null> {
  const row = await db.get<StandingRow & { earlier_id: number | null }>(
    `SELECT ${STANDING_COLUMNS}, (
       SELECT x.id FROM messages AS x WHERE x.client_id = ? AND x.user_id = u.id
     ) AS earlier_id ${FROM_STANDING}`,
    [clientId, room, userId],
  );
  const standing = row === undefined ? null : toStanding(row);
  return standing === null ? null : { standing, earlierId: row!.earlier_id };
}

/** The id of the message that a user stored before with this `clientId`. */
export async function findEarlier(
  db: Driver,
  userId: number,
  clientId: string,
): Promise<number | null> {
  const row = await db.get<{ id: number }>(
    "SELECT id FROM messages WHERE client_id = ? AND user_id = ?",
    [clientId, userId],
  );
  return row?.id ?? null;
}

/**
 * The standing, if `rule` allows what is about to happen; otherwise throws what the caller may
 * know.
 */
export async function requireStanding(
  db: Driver,
  userId: number,
  room: number,
  rule: (standing: Standing) => Verdict,
  sentence: string,
): Promise<RoomStanding> {
  const standing = await findStanding(db, userId, room);
  if (standing === null) throw notFound("room");
  requireVerdict(standing, rule(standing), sentence);
  return standing;
}

/** The standing of a user who may read the room. */
export function requireReader(db: Driver, userId: number, room: number): Promise<RoomStanding> {
  return requireStanding(db, userId, room, mayRead, NOT_A_MEMBER);
}

/** Throws unless allowed. The sentence is for people; it names the cause if it is obvious. */
export function requireVerdict(standing: Standing, verdict: Verdict, sentence: string): void {
  if (verdict === "allowed") return;
  if (verdict === "hidden") throw notFound("room");
  throw new ConfabError("forbidden", reasonOf(standing) ?? sentence);
}

function reasonOf(standing: Standing): string | null {
  if (standing.member === null) return NOT_A_MEMBER;
  if (standing.archived) return "This room is archived.";
  return null;
}
