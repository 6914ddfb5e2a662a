/** Rooms: getting and creating them, changing their name and topic, archiving them. */
import { ConfabError, notFound } from "../../errors.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { nameKey } from "../../protocol/names.ts";
import type { User } from "../../protocol/people.ts";
import type { MemberRoom, Room } from "../../protocol/rooms.ts";
import {
  knowsEverybody,
  mayMakeRoom,
  mayManageRoom,
  mayReach,
  maySeeRoom,
} from "../../protocol/permissions.ts";
import type { Driver } from "../driver.ts";
import type { Change } from "../store.ts";
import { containing } from "./parts/containing.ts";
import { directKey } from "./parts/direct_key.ts";
import { deleteRoomLooks, insertRoomLooks, requireFreeRoomName } from "./parts/identity.ts";
import { accessOf, addToRoom, findMemberRoom, requireMemberRoom } from "./parts/membership.ts";
import { type Input, NO_CHANGES, read, write, type Written } from "./operation.ts";
import { ROOM_COLUMNS, type RoomRow, toRoom } from "./parts/rows.ts";
import { SHOWN, showTo, UNSAID } from "./parts/showing.ts";
import { requireStanding } from "./parts/standing.ts";
import { findUsers, requireActive, requireActor } from "./parts/users.ts";
import { workspaceValue } from "./parts/workspace_value.ts";

export const getRoom = read(async (db: Driver, input: Input<"getRoom">) => {
  await requireStanding(db, input.userId, input.room, maySeeRoom, "You may not see this room.");
  return await findMemberRoom(db, input.room, input.userId) ?? await requireRoom(db, input.room);
});

async function requireRoom(db: Driver, id: number): Promise<Room> {
  const row = await db.get<RoomRow>(`SELECT ${ROOM_COLUMNS} FROM rooms AS r WHERE r.id = ?`, [id]);
  if (row === undefined) throw notFound("room");
  return toRoom(row);
}

const BROWSE = `SELECT ${ROOM_COLUMNS} FROM rooms AS r
  WHERE r.kind = 'public' AND r.archived = 0 AND r.name_key LIKE ? ESCAPE '\\'`;
const MOST_MEMBERS_FIRST = "ORDER BY r.member_count DESC, r.id LIMIT ?";

export const browseRooms = read(async (db: Driver, input: Input<"browseRooms">) => {
  const user = await requireActive(db, input.userId);
  const pattern = containing(nameKey(input.q));
  // For a guest, a room they were not added to does not exist.
  const rows = !knowsEverybody(user)
    ? await db.all<RoomRow>(
      `${BROWSE} AND EXISTS (
         SELECT 1 FROM members AS m WHERE m.room_id = r.id AND m.user_id = ?
       ) ${MOST_MEMBERS_FIRST}`,
      [pattern, user.id, input.limit],
    )
    : await db.all<RoomRow>(`${BROWSE} ${MOST_MEMBERS_FIRST}`, [pattern, input.limit]);
  return rows.map(toRoom);
});

const GUESTS_MAKE_NONE = "Guests may not make rooms.";

export const createRoom = write(async (db: Driver, input: Input<"createRoom">) => {
  const user = await requireActor(db, input.userId, mayMakeRoom, GUESTS_MAKE_NONE);
  await requireMaker(db, user, input.kind);
  const key = nameKey(input.name);
  if (input.kind === "public") {
    await db.lockNames();
    await requireFreeRoomName(db, input.name, null);
  }
  const id = await db.insert(
    `INSERT INTO rooms (kind, name, name_key, topic, created_by, created_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [input.kind, input.name, key, input.topic, user.id, input.now],
  );
  if (input.kind === "public") await insertRoomLooks(db, id, input.name);
  const created = await addToRoom(db, id, user.id, "owner", input.now);
  const access = await accessOf(db, id);
  const changes: Change[] = [{ type: "joined", userId: user.id, room: created, access }];
  return { result: created, changes };
});

async function requireMaker(db: Driver, user: User, kind: "public" | "private"): Promise<void> {
  const set = await workspaceValue(db, kind === "public" ? "publicRooms" : "privateRooms");
  if (mayMakeRoom(user, set === "staff" ? "staff" : "members") === "allowed") return;
  throw new ConfabError("forbidden", `Only the owner and admins make ${kind} rooms here.`);
}

export const openDirect = write(async (db: Driver, input: Input<"openDirect">) => {
  await requireActor(db, input.userId, mayMakeRoom, GUESTS_MAKE_NONE);
  const people = [...new Set([input.userId, ...input.users])];
  if (people.length > LIMITS.directUsers + 1) throw tooManyPeople();
  const key = directKey(people);
  const existing = await lockDirect(db, key);
  if (existing !== null) return await openAgain(db, existing, input.userId);
  await requireReachable(db, people);
  if (input.mayMake === false) {
    throw new ConfabError("rate_limited", "You are making rooms too fast.");
  }
  const room = await insertDirect(db, key, people, input.userId, input.now);
  const access = await accessOf(db, room.id);
  const changes: Change[] = [{ type: "joined", userId: input.userId, room, access }];
  return { result: { room, created: true }, changes };
});

/** Locks the room that has this key, and returns its id. Null if there is none. */
async function lockDirect(db: Driver, key: string): Promise<number | null> {
  const sql = "SELECT id FROM rooms WHERE direct_key = ?";
  const found = await db.get<{ id: number }>(sql, [key]);
  if (found === undefined) return null;
  await db.lockRoom(found.id);
  // Somebody may have left the group while this waited: then it is no longer found by this key.
  const still = await db.get<{ id: number }>(sql, [key]);
  return still?.id === found.id ? found.id : await lockDirect(db, key);
}

async function openAgain(
  db: Driver,
  id: number,
  userId: number,
): Promise<Written<{ room: MemberRoom; created: boolean }>> {
  const shown = await showTo(db, id, userId);
  const room = await requireMemberRoom(db, id, userId);
  return { result: { room, created: false }, changes: shown === null ? NO_CHANGES : [shown] };
}

/** The others are members from the start, and see the room with its first message. */
async function insertDirect(
  db: Driver,
  key: string,
  people: number[],
  createdBy: number,
  now: number,
): Promise<MemberRoom> {
  const id = await db.insert(
    `INSERT INTO rooms (kind, direct_key, created_by, created_at)
     VALUES ('direct', ?, ?, ?)`,
    [key, createdBy, now],
  );
  for (const userId of people) {
    await addToRoom(db, id, userId, "member", now, userId === createdBy ? SHOWN : UNSAID);
  }
  // Read back once everybody is in, for the member count.
  return await requireMemberRoom(db, id, createdBy);
}

async function requireReachable(db: Driver, ids: number[]): Promise<void> {
  const people = await findUsers(db, ids);
  const reachable = people.filter((user) => mayReach(user) === "allowed");
  if (reachable.length < ids.length) throw notFound("user");
}

function tooManyPeople(): ConfabError {
  const message = `A direct room holds at most ${LIMITS.directUsers} other people.`;
  return new ConfabError("invalid", message, {
    errors: [{ path: "users", message, reason: "too_long" }],
  });
}

export const updateRoom = write(async (db: Driver, input: Input<"updateRoom">) => {
  if (input.name !== undefined) await db.lockNames();
  await db.lockRoom(input.room);
  await requireStanding(
    db,
    input.userId,
    input.room,
    mayManageRoom,
    "Only the room's owner and the staff may change this room.",
  );
  const before = await requireMemberRoom(db, input.room, input.userId);
  const after = {
    ...before,
    name: input.name ?? before.name,
    topic: input.topic ?? before.topic,
    archived: input.archived ?? before.archived,
  };
  if (!differs(before, after)) return { result: before, changes: NO_CHANGES };
  // An unchanged name keeps its key: an earlier version may have given the name twice.
  if (after.name !== null && after.name !== before.name) await rename(db, before, after.name);
  await db.run(
    "UPDATE rooms SET topic = ?, archived = ?, access = access + ? WHERE id = ?",
    [
      after.topic,
      after.archived ? 1 : 0,
      // Who may write has changed.
      after.archived === before.archived ? 0 : 1,
      after.id,
    ],
  );
  return { result: after, changes: [{ type: "room", room: after.id }] };
});

function differs(a: MemberRoom, b: MemberRoom): boolean {
  return a.name !== b.name || a.topic !== b.topic || a.archived !== b.archived;
}

async function rename(db: Driver, before: MemberRoom, name: string): Promise<void> {
  if (before.kind === "public") {
    await requireFreeRoomName(db, name, before.id);
    await deleteRoomLooks(db, before.id, before.name ?? "");
    await insertRoomLooks(db, before.id, name);
  }
  await db.run(
    "UPDATE rooms SET name = ?, name_key = ? WHERE id = ?",
    [name, nameKey(name), before.id],
  );
}
