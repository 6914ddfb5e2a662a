/**
 * Erasing a person: who they were goes at once, in one transaction; memberships and texts, of which
 * there may be very many, portion by portion afterwards. Checks no permission.
 */
import { nameKey } from "../../../protocol/names.ts";
import type { User } from "../../../protocol/people.ts";
import type { TextsFate, UsernameFate } from "../../../protocol/staff.ts";
import type { Driver } from "../../driver.ts";
import type { Change } from "../../store.ts";
import { endAllSessions } from "./account_changes.ts";
import {
  deleteDisplayLooks,
  deleteUsernameLooks,
  insertDisplayLooks,
  insertUsernameLooks,
  markNamesakes,
  requireFreeUsername,
} from "./identity.ts";
import { giveUp } from "./files.ts";
import { forgetDeleted } from "./deleted.ts";
import { leaveRoom } from "./leaving.ts";
import { requireStored, takeText } from "./message_changes.ts";
import { deletePersonal } from "./personal.ts";
import { forgetResetsBy } from "./resets.ts";
import { toMessage } from "./rows.ts";
import { keepUserWords } from "./user_words.ts";
import { requireUser } from "./users.ts";

/** Names were locked before, and the account. */
export async function erasePerson(
  db: Driver,
  before: User,
  { username: fate, displayName, now }: {
    username: UsernameFate;
    displayName: string;
    now: number;
  },
): Promise<Change[]> {
  const { id } = before;
  const ended = await endAllSessions(db, id, "disabled");
  await giveUp(db, "user_id = ? AND message_id IS NULL AND state = 'ready'", id);
  await giveUp(db, "user_id = ? AND message_id IS NULL AND state = 'uploading'", id);
  await deletePersonal(db, id);
  await forgetResetsBy(db, id);
  await db.run(
    "UPDATE invites SET revoked_at = ? WHERE created_by = ? AND revoked_at IS NULL",
    [now, id],
  );
  const username = fate === "keep" ? before.username : await formerName(db, before);
  await db.run(
    `UPDATE users SET username = ?, username_key = ?, display_name = ?, display_key = ?,
       role = 'member', password_hash = '', avatar = NULL, disabled = 1, language = NULL,
       theme = 'system', last_room = NULL, status_emoji = NULL, status_text = NULL,
       status_until = NULL, time_zone = NULL, hides_time = 0, erased_at = ?
     WHERE id = ?`,
    [username, nameKey(username), displayName, nameKey(displayName), now, id],
  );
  await keepUserWords(db, { id, username, displayName });
  await deleteDisplayLooks(db, id, before.displayName);
  await insertDisplayLooks(db, id, displayName);
  const names = [before.username, before.displayName, username, displayName];
  const others = await markNamesakes(db, id, names);
  return [{ type: "user", user: await requireUser(db, id) }, ended, ...others];
}

/** "former-member-12": nobody's, and the former name is free again. */
async function formerName(db: Driver, { id, username }: User): Promise<string> {
  await deleteUsernameLooks(db, id, username);
  for (let more = 0;; more++) {
    const name = `former-member-${id}${more === 0 ? "" : `-${more}`}`;
    try {
      await requireFreeUsername(db, name);
    } catch (error) {
      if (more < 9) continue; // somebody has signed up under it
      throw error;
    }
    await insertUsernameLooks(db, id, name);
    return name;
  }
}

export async function planErasure(db: Driver, userId: number, texts: TextsFate): Promise<void> {
  await db.run(
    `INSERT INTO erasures (user_id, texts) VALUES (?, ?)
     ON CONFLICT (user_id) DO UPDATE SET texts = excluded.texts`,
    [userId, texts],
  );
}

export interface Erasure {
  user_id: number;
  texts: TextsFate;
  after_message: number;
}

/** A few milliseconds each: other people's messages do not wait for them. */
const ROOMS_AT_ONCE = 20;
const TEXTS_AT_ONCE = 50;
/** Everybody's, looked at for this author's by their ids. */
const LOOKED_AT_ONCE = 5_000;

/** Leaves rooms; null if there are none to leave. Those of two stay the other one's. */
export async function leaveSomeRooms(db: Driver, userId: number): Promise<Change[] | null> {
  const rows = await db.all<{ room_id: number; role: string }>(
    `SELECT m.room_id, m.role FROM members AS m JOIN rooms AS r ON r.id = m.room_id
     WHERE m.user_id = ? AND r.kind <> 'direct' ORDER BY m.room_id LIMIT ${ROOMS_AT_ONCE}`,
    [userId],
  );
  if (rows.length === 0) return null;
  for (const { room_id } of rows) await db.lockRoom(room_id);
  const changes: Change[] = [];
  for (const { room_id, role } of rows) {
    changes.push(...await leaveRoom(db, room_id, userId, role));
  }
  return changes;
}

/** Takes texts away; null if there are none left. */
export async function takeSomeTexts(
  db: Driver,
  { user_id: userId, after_message: after }: Erasure,
  now: number,
): Promise<Change[] | null> {
  const newest = await db.get<{ id: number | null }>("SELECT max(id) AS id FROM messages", []);
  if (after >= (newest?.id ?? 0)) return null;
  const end = after + LOOKED_AT_ONCE;
  const rows = await db.all<{ id: number; room_id: number }>(
    `SELECT id, room_id FROM messages WHERE id > ? AND id <= ? AND user_id = ?
     ORDER BY id LIMIT ${TEXTS_AT_ONCE}`,
    [after, end, userId],
  );
  const rooms = [...new Set(rows.map(({ room_id }) => room_id))].sort((a, b) => a - b);
  for (const room of rooms) await db.lockRoom(room);
  const changes: Change[] = [];
  for (const { id } of rows) changes.push(...await takeOne(db, id, now));
  const last = rows.length === TEXTS_AT_ONCE ? rows.at(-1)!.id : end;
  await db.run("UPDATE erasures SET after_message = ? WHERE user_id = ?", [last, userId]);
  return changes;
}

async function takeOne(db: Driver, id: number, now: number): Promise<readonly Change[]> {
  const row = await requireStored(db, id);
  if (row.deleted_at !== null) {
    await forgetDeleted(db, id); // whoever deleted it just now could bring it back
    await giveUp(db, "message_id = ?", id);
    return [];
  }
  const standing = await db.get<{ head: number; access: number }>(
    "SELECT head, access FROM rooms WHERE id = ?",
    [row.room_id],
  );
  const target = { row, message: toMessage(row), standing: standing! };
  const { changes } = await takeText(db, target, now);
  await giveUp(db, "message_id = ?", id);
  return changes;
}
