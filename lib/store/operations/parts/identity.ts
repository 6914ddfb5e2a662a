/**
 * Who a name belongs to: keys say which names are the same, looks say which names people would
 * confuse. Usernames and public rooms' names are unique by both. Display names may be shared;
 * people who share one are marked, so that pages tell them apart.
 */
import { ConfabError } from "../../../errors.ts";
import type { FieldReason } from "../../../protocol/codes.ts";
import { nameKey } from "../../../protocol/names.ts";
import type { Driver } from "../../driver.ts";
import { looksOf } from "../../looks/looks.ts";
import type { Change } from "../../store.ts";
import { requireUser } from "./users.ts";

/**
 * Separates a key from an id. If an earlier version of the program gave one name twice, the newer
 * one's key is both, so that the older keeps the name. No name has a control character.
 */
export const CLASH = "\u001f";

function refusedName(path: string, reason: FieldReason, message: string): ConfabError {
  return new ConfabError("conflict", message, { errors: [{ path, message, reason }] });
}

/** `conflict` if somebody has this username, or one that looks like it. */
export async function requireFreeUsername(db: Driver, username: string): Promise<void> {
  const key = nameKey(username);
  if (await db.get("SELECT id FROM users WHERE username_key = ?", [key]) !== undefined) {
    throw refusedName("username", "taken", "This username is taken.");
  }
  for (const look of looksOf(username)) {
    if (await db.get("SELECT user_id FROM username_looks WHERE look = ?", [look]) === undefined) {
      continue;
    }
    throw refusedName("username", "looks_like", "This username looks like somebody else's.");
  }
}

export async function insertUsernameLooks(db: Driver, id: number, username: string): Promise<void> {
  for (const look of looksOf(username)) {
    await db.run(
      "INSERT INTO username_looks (look, user_id) VALUES (?, ?) ON CONFLICT (look) DO NOTHING",
      [look, id],
    );
  }
}

export async function deleteUsernameLooks(db: Driver, id: number, username: string): Promise<void> {
  for (const look of looksOf(username)) {
    await db.run("DELETE FROM username_looks WHERE look = ? AND user_id = ?", [look, id]);
  }
}

/** `conflict` if another public room has this name, or one that looks like it. */
export async function requireFreeRoomName(
  db: Driver,
  name: string,
  room: number | null,
): Promise<void> {
  const same = await db.get<{ id: number }>(
    "SELECT id FROM rooms WHERE kind = 'public' AND name_key = ?",
    [nameKey(name)],
  );
  if (same !== undefined && same.id !== room) {
    throw refusedName("name", "taken", "There is a public room with this name already.");
  }
  for (const look of looksOf(name)) {
    const alike = await db.get<{ room_id: number }>(
      "SELECT room_id FROM room_looks WHERE look = ?",
      [look],
    );
    if (alike === undefined || alike.room_id === room) continue;
    throw refusedName("name", "looks_like", "There is a public room whose name looks like this.");
  }
}

/** Only for public rooms: other rooms' names may look alike. */
export async function insertRoomLooks(db: Driver, room: number, name: string): Promise<void> {
  for (const look of looksOf(name)) {
    await db.run(
      "INSERT INTO room_looks (look, room_id) VALUES (?, ?) ON CONFLICT (look) DO NOTHING",
      [look, room],
    );
  }
}

export async function deleteRoomLooks(db: Driver, room: number, name: string): Promise<void> {
  for (const look of looksOf(name)) {
    await db.run("DELETE FROM room_looks WHERE look = ? AND room_id = ?", [look, room]);
  }
}

export async function insertDisplayLooks(db: Driver, id: number, name: string): Promise<void> {
  for (const look of looksOf(name)) {
    await db.run("INSERT INTO display_looks (look, user_id) VALUES (?, ?)", [look, id]);
  }
}

export async function deleteDisplayLooks(db: Driver, id: number, name: string): Promise<void> {
  for (const look of looksOf(name)) {
    await db.run("DELETE FROM display_looks WHERE look = ? AND user_id = ?", [look, id]);
  }
}

/**
 * Marks people who share a display name, after a name has changed: the user who changed it, and
 * anyone who had one of these names alone before or has it alone now. Returns the others whose mark
 * changed.
 */
export async function markNamesakes(
  db: Driver,
  userId: number,
  names: readonly string[],
): Promise<Change[]> {
  await markNamesake(db, userId);
  const changes: Change[] = [];
  for (const look of new Set(names.flatMap(looksOf))) {
    const others = await db.all<{ user_id: number }>(
      "SELECT user_id FROM display_looks WHERE look = ? AND user_id <> ? LIMIT 2",
      [look, userId],
    );
    // If two others share it, they stay marked whoever comes or goes.
    if (others.length !== 1) continue;
    const other = others[0]!.user_id;
    if (await markNamesake(db, other)) {
      changes.push({ type: "user", user: await requireUser(db, other) });
    }
  }
  return changes;
}

/** Whether the mark changed. */
async function markNamesake(db: Driver, userId: number): Promise<boolean> {
  const { namesake } = (await db.get<{ namesake: number }>(SHARES, [userId]))!;
  return await db.run(
    "UPDATE users SET namesake = ? WHERE id = ? AND namesake <> ?",
    [namesake, userId, namesake],
  ) > 0;
}

/** Another user's display name or username has a look in common with this user's display name. */
const SHARES = `SELECT EXISTS (
  SELECT 1 FROM display_looks AS mine WHERE mine.user_id = ? AND (
    EXISTS (
      SELECT 1 FROM display_looks AS theirs
      WHERE theirs.look = mine.look AND theirs.user_id <> mine.user_id
    ) OR EXISTS (
      SELECT 1 FROM username_looks AS taken
      WHERE taken.look = mine.look AND taken.user_id <> mine.user_id
    )
  )
) AS namesake`;
