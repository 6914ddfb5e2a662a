/** Who is in a room: joining, adding, leaving, removing; and what members set for themselves. */
import { ConfabError, notFound } from "../../errors.ts";
import type { Member, MemberRole } from "../../protocol/members.ts";
import {
  mayAdd,
  mayHide,
  mayJoin,
  mayLeave,
  mayReach,
  mayRemove,
  type Standing,
  type Verdict,
} from "../../protocol/permissions.ts";
import type { Driver } from "../driver.ts";
import type { Change } from "../store.ts";
import { dueInRoom } from "./parts/due_reminders.ts";
import { leaveRoom } from "./parts/leaving.ts";
import { allInList, LIST } from "./parts/lists.ts";
import {
  accessOf,
  addToRoom,
  newcomerRole,
  recounted,
  requireMemberRoom,
  SELECT_MEMBER_ROOM,
} from "./parts/membership.ts";
import { type Input, NO_CHANGES, read, write } from "./operation.ts";
import {
  type MemberRoomRow,
  toMemberRoom,
  toUser,
  USER_COLUMNS,
  type UserRow,
} from "./parts/rows.ts";
import { HIDDEN, showTo } from "./parts/showing.ts";
import {
  findStanding,
  requireReader,
  requireStanding,
  requireVerdict,
  type RoomStanding,
} from "./parts/standing.ts";
import { findUser } from "./parts/users.ts";

type MemberRow = UserRow & { member_role: MemberRole; joined_at: number };

const SELECT_MEMBERS = `SELECT ${USER_COLUMNS}, m.role AS member_role, m.joined_at
  FROM members AS m JOIN users AS u ON u.id = m.user_id`;

function toMember(row: MemberRow): Member {
  return { ...toUser(row), membership: { role: row.member_role, joinedAt: row.joined_at } };
}

export const listMembers = read(async (db: Driver, input: Input<"listMembers">) => {
  await requireReader(db, input.userId, input.room);
  const rows = await db.all<MemberRow>(
    `${SELECT_MEMBERS} WHERE m.room_id = ? ORDER BY u.username_key`,
    [input.room],
  );
  return rows.map(toMember);
});

/** By id, like their index: a page of a large room costs no more than one of a small room. */
export const pageMembers = read(async (db: Driver, input: Input<"pageMembers">) => {
  await requireReader(db, input.userId, input.room);
  const rows = await db.all<MemberRow>(
    `${SELECT_MEMBERS} WHERE m.room_id = ? AND m.user_id > ? ORDER BY m.user_id LIMIT ?`,
    [input.room, input.after, input.limit],
  );
  return rows.map(toMember);
});

async function memberRole(db: Driver, room: number, userId: number): Promise<MemberRole | null> {
  const row = await db.get<{ role: MemberRole }>(
    "SELECT role FROM members WHERE room_id = ? AND user_id = ?",
    [room, userId],
  );
  return row?.role ?? null;
}

export const addMember = write(async (db: Driver, input: Input<"addMember">) => {
  const { actorId, room, userId, now } = input;
  await db.lockRoom(room);
  const standing = await findStanding(db, actorId, room);
  if (standing === null) throw notFound("room");
  const joining = actorId === userId;
  if (joining) requireJoin(standing);
  else requireVerdict(standing, mayAdd(standing), "You may not add people to this room.");
  if (!joining) await requireAddable(db, userId);
  if (await memberRole(db, room, userId) !== null) {
    const shown = joining ? await showTo(db, room, userId) : null;
    return { result: undefined, changes: shown === null ? NO_CHANGES : [shown] };
  }
  const joined = await addToRoom(db, room, userId, await newcomerRole(db, room), now);
  const access = await accessOf(db, room);
  const changes: Change[] = [{ type: "joined", userId, room: joined, access }];
  changes.push(...await dueInRoom(db, room, userId, true), ...recounted(room, joined.memberCount));
  return { result: undefined, changes };
});

/** Not being a member yet is no reason against joining, so the error's sentence is chosen here. */
function requireJoin(standing: Standing): void {
  const verdict: Verdict = mayJoin(standing);
  if (verdict === "hidden") throw notFound("room");
  if (verdict === "refused") throw new ConfabError("forbidden", "This room is archived.");
}

async function requireAddable(db: Driver, userId: number): Promise<void> {
  const user = await findUser(db, userId);
  if (user === null || mayReach(user) !== "allowed") throw notFound("user");
}

export const removeMember = write(async (db: Driver, input: Input<"removeMember">) => {
  const { actorId, room, userId } = input;
  await db.lockRoom(room);
  if (actorId === userId) {
    await requireStanding(db, actorId, room, mayLeave, "Nobody leaves a conversation of two.");
  } else {
    await requireStanding(
      db,
      actorId,
      room,
      mayRemove,
      "Only the room's owner and the staff may remove people.",
    );
  }
  const role = await memberRole(db, room, userId);
  if (role === null) throw notFound("member");
  return { result: undefined, changes: await leaveRoom(db, room, userId, role) };
});

export const memberRooms = read(async (db: Driver, input: Input<"memberRooms">) => {
  const rows = await allInList<MemberRoomRow & { user_id: number }>(
    db,
    `${SELECT_MEMBER_ROOM} WHERE m.room_id = ? AND m.user_id IN (${LIST})`,
    [input.room],
    [...new Set(input.userIds)],
  );
  return rows.map((row) => ({ userId: row.user_id, room: toMemberRoom(row) }));
});

export const updateMembership = write(async (db: Driver, input: Input<"updateMembership">) => {
  const { userId, room } = input;
  await db.lockRoom(room);
  const standing = await requireReader(db, userId, room);
  const { membership } = await requireMemberRoom(db, room, userId);
  const { notify = membership.notify, favourite = membership.favourite } = input;
  const { hidden = membership.hidden ?? false } = input;
  const changes: Change[] = [];
  if (notify !== membership.notify || favourite !== membership.favourite) {
    await db.run(
      "UPDATE members SET notify = ?, favourite = ? WHERE room_id = ? AND user_id = ?",
      [notify, favourite ? 1 : 0, room, userId],
    );
    changes.push({ type: "membership", userId, room });
  }
  if (hidden !== (membership.hidden ?? false)) {
    changes.push(
      hidden ? await hide(db, room, userId, standing) : (await showTo(db, room, userId))!,
    );
  }
  const { membership: result } = await requireMemberRoom(db, room, userId);
  return { result, changes };
});

async function hide(
  db: Driver,
  room: number,
  userId: number,
  standing: RoomStanding,
): Promise<Change> {
  requireVerdict(standing, mayHide(standing), "Only direct rooms are hidden; others are left.");
  await db.run(
    `UPDATE members SET hidden = ${HIDDEN} WHERE room_id = ? AND user_id = ?`,
    [room, userId],
  );
  return { type: "left", userId, room, access: standing.access, hidden: true };
}
