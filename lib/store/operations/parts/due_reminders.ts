/**
 * Reminders that are due and go out of sight with their message or its room, or come back with it:
 * how many are due is counted anew on their users' screens. It changes no reminder.
 */
import { LIMITS } from "../../../protocol/limits.ts";
import type { Driver } from "../../driver.ts";
import type { Change } from "../../store.ts";
import { countLater } from "./later.ts";

interface DueRow {
  user_id: number;
  message_id: number;
  at: number;
}

/** To be called once the message is deleted, or there again (`stands`). */
export async function dueWithMessage(
  db: Driver,
  message: number,
  stands: boolean,
): Promise<Change[]> {
  const rows = await db.all<DueRow>(
    `SELECT n.user_id, n.message_id, n.at
     FROM reminders AS n
     JOIN messages AS x ON x.id = n.message_id
     JOIN members AS m ON m.room_id = x.room_id AND m.user_id = n.user_id
     WHERE n.message_id = ? AND n.told_at IS NOT NULL
     ORDER BY n.user_id`,
    [message],
  );
  return await counted(db, rows, stands);
}

/** To be called once somebody has left the room, or is in it again (`isIn`). */
export async function dueInRoom(
  db: Driver,
  room: number,
  userId: number,
  isIn: boolean,
): Promise<Change[]> {
  const rows = await db.all<DueRow>(
    `SELECT n.user_id, n.message_id, n.at
     FROM reminders AS n JOIN messages AS x ON x.id = n.message_id
     WHERE n.user_id = ? AND n.told_at IS NOT NULL AND x.room_id = ? AND x.deleted_at IS NULL
     ORDER BY n.id LIMIT ${LIMITS.reminders}`,
    [userId, room],
  );
  return await counted(db, rows, isIn);
}

async function counted(db: Driver, rows: readonly DueRow[], stands: boolean): Promise<Change[]> {
  const changes: Change[] = [];
  for (const { user_id: userId, message_id: message, at } of rows) {
    const later = await countLater(db, userId);
    changes.push({ type: "reminderSet", userId, message, at: stands ? at : null, later });
  }
  return changes;
}
