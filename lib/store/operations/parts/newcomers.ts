/** A new account, in the rooms where it begins. Asks no permission, and opens no session. */
import { nameKey } from "../../../protocol/names.ts";
import type { User, UserRole } from "../../../protocol/people.ts";
import type { Driver } from "../../driver.ts";
import type { Change } from "../../store.ts";
import { GENERAL } from "./general.ts";
import {
  insertDisplayLooks,
  insertRoomLooks,
  insertUsernameLooks,
  markNamesakes,
  requireFreeUsername,
} from "./identity.ts";
import { accessOf, addToRoom, newcomerRole, recounted } from "./membership.ts";
import { keepUserWords } from "./user_words.ts";
import { welcomeRooms } from "./welcome.ts";
import { requireUser } from "./users.ts";

export interface Newcomer {
  username: string;
  displayName: string;
  passwordHash: string;
  role: UserRole;
  /** Besides `general`, which is for all but guests. */
  rooms: readonly number[];
  now: number;
}

/**
 * To be called with the names locked. `conflict` if the username is taken.
 * @param role "owner": of the first account, with which `general` begins
 */
export async function insertNewcomer(
  db: Driver,
  newcomer: Newcomer,
): Promise<{ user: User; changes: Change[] }> {
  const { username, displayName, role, now } = newcomer;
  const id = await insertUser(db, newcomer);
  const others = await markNamesakes(db, id, [username, displayName]);
  const user = await requireUser(db, id);
  if (role === "owner") await insertGeneral(db, id, now);
  const begins = role === "guest" ? [] : [GENERAL.id, ...await welcomeRooms(db)];
  const joined = await joinRooms(db, id, [...begins, ...newcomer.rooms], now);
  return { user, changes: [{ type: "user", user }, ...others, ...joined] };
}

async function insertUser(db: Driver, newcomer: Newcomer): Promise<number> {
  const { username, displayName, role, passwordHash, now } = newcomer;
  await requireFreeUsername(db, username);
  const id = await db.insert(
    `INSERT INTO users
       (username, username_key, display_name, display_key, role, password_hash, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [username, nameKey(username), displayName, nameKey(displayName), role, passwordHash, now],
  );
  await keepUserWords(db, { id, username, displayName });
  await insertUsernameLooks(db, id, username);
  await insertDisplayLooks(db, id, displayName);
  return id;
}

async function insertGeneral(db: Driver, createdBy: number, now: number): Promise<void> {
  await db.run(
    `INSERT INTO rooms (id, kind, name, name_key, created_by, created_at)
     VALUES (?, 'public', ?, ?, ?, ?)`,
    [GENERAL.id, GENERAL.name, nameKey(GENERAL.name), createdBy, now],
  );
  await insertRoomLooks(db, GENERAL.id, GENERAL.name);
}

/** In ascending order: two who lock the same rooms must not wait for each other. */
export async function joinRooms(
  db: Driver,
  userId: number,
  rooms: readonly number[],
  now: number,
): Promise<Change[]> {
  const changes: Change[] = [];
  for (const id of [...new Set(rooms)].sort((a, b) => a - b)) {
    await db.lockRoom(id);
    if (await isMember(db, id, userId)) continue;
    const room = await addToRoom(db, id, userId, await newcomerRole(db, id), now);
    changes.push(
      { type: "joined", userId, room, access: await accessOf(db, id) },
      ...recounted(id, room.memberCount),
    );
  }
  return changes;
}

export async function isMember(db: Driver, room: number, userId: number): Promise<boolean> {
  const found = await db.get(
    "SELECT room_id FROM members WHERE room_id = ? AND user_id = ?",
    [room, userId],
  );
  return found !== undefined;
}
