/** Messages of which somebody wants to be reminded. Nobody else learns of it. */
import { LIMITS } from "../../protocol/limits.ts";
import { mayRemind } from "../../protocol/permissions.ts";
import type { Reminder } from "../../protocol/reminders.ts";
import type { Driver } from "../driver.ts";
import type { Change } from "../store.ts";
import { type Input, NO_CHANGES, read, write, writeIndependently } from "./operation.ts";
import { dropJob, planJob } from "./parts/jobs.ts";
import { countLater, REMINDED, requireAhead, requireFree } from "./parts/later.ts";
import { findForChange, requireChange } from "./parts/message_changes.ts";
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from "./parts/rows.ts";
import { requireActive } from "./parts/users.ts";

interface ReminderRow {
  id: number;
  user_id: number;
  message_id: number;
  at: number;
  told_at: number | null;
}

const SELECT = "SELECT id, user_id, message_id, at, told_at FROM reminders";

export const remind = writeIndependently(async (db: Driver, input: Input<"remind">) => {
  const { userId, message, at, now } = input;
  await db.lockUser(userId);
  const target = await findForChange(db, userId, message);
  const verdict = mayRemind(target.standing, target.facts);
  requireChange(target, verdict, "You may not be reminded of this message.");
  requireAhead(at, now);
  const before = await ofMessage(db, userId, message);
  if (before === undefined) await requirePlace(db, userId);
  const id = before?.id ?? await db.insert(
    "INSERT INTO reminders (user_id, message_id, at) VALUES (?, ?, ?)",
    [userId, message, at],
  );
  await db.run("UPDATE reminders SET at = ?, told_at = NULL WHERE id = ?", [at, id]);
  await planJob(db, { kind: "reminder", subject: id, lane: `user ${userId}`, userId, dueAt: at });
  return { result: undefined, changes: [await changed(db, userId, message, at)] };
});

function ofMessage(db: Driver, userId: number, message: number): Promise<ReminderRow | undefined> {
  return db.get<ReminderRow>(`${SELECT} WHERE message_id = ? AND user_id = ?`, [message, userId]);
}

/** What the user has of deleted messages is no use to them, and takes no place. */
async function requirePlace(db: Driver, userId: number): Promise<void> {
  const rows = await db.all<{ id: number; deleted_at: number | null }>(
    `SELECT n.id, x.deleted_at FROM reminders AS n JOIN messages AS x ON x.id = n.message_id
     WHERE n.user_id = ?`,
    [userId],
  );
  if (rows.length < LIMITS.reminders) return;
  const gone = rows.filter((row) => row.deleted_at !== null);
  for (const { id } of gone) await drop(db, id);
  requireFree(rows.length - gone.length, LIMITS.reminders, "message", "reminders");
}

async function drop(db: Driver, id: number): Promise<void> {
  await db.run("DELETE FROM reminders WHERE id = ?", [id]);
  await dropJob(db, "reminder", id);
}

/** For one's other devices. */
async function changed(
  db: Driver,
  userId: number,
  message: number,
  at: number | null,
): Promise<Change> {
  return { type: "reminderSet", userId, message, at, later: await countLater(db, userId) };
}

export const dropReminder = writeIndependently(async (db: Driver, input: Input<"dropReminder">) => {
  const { userId, message } = input;
  await db.lockUser(userId);
  await requireActive(db, userId);
  const row = await ofMessage(db, userId, message);
  if (row === undefined) {
    // What the user may not read looks as if it did not exist.
    await findForChange(db, userId, message);
    return { result: undefined, changes: NO_CHANGES };
  }
  await drop(db, row.id);
  return { result: undefined, changes: [await changed(db, userId, message, null)] };
});

export const listReminders = read(async (db: Driver, { userId }: Input<"listReminders">) => {
  await requireActive(db, userId);
  const rows = await db.all<MessageRow & { at: number; told_at: number | null }>(
    `SELECT ${MESSAGE_COLUMNS}, n.at, n.told_at ${REMINDED}
     JOIN users AS author ON author.id = x.user_id
     WHERE n.user_id = ? ORDER BY n.at, n.id LIMIT ${LIMITS.reminders}`,
    [userId],
  );
  const reminders = rows.map((row): Reminder => ({
    message: toMessage(row),
    at: row.at,
    due: row.told_at !== null,
  }));
  const due = reminders.filter((reminder) => reminder.due).reverse();
  return [...due, ...reminders.filter((reminder) => !reminder.due)];
});

export const tellReminder = write(async (db: Driver, { id, now }: Input<"tellReminder">) => {
  const found = await db.get<ReminderRow>(`${SELECT} WHERE id = ?`, [id]);
  if (found === undefined) {
    await dropJob(db, "reminder", id);
    return { result: undefined, changes: NO_CHANGES };
  }
  await db.lockUser(found.user_id);
  const row = await db.get<ReminderRow>(`${SELECT} WHERE id = ?`, [id]);
  // Changed meanwhile: then it has another job.
  if (row === undefined || row.told_at !== null || row.at > now) {
    return { result: undefined, changes: NO_CHANGES };
  }
  await db.run("UPDATE reminders SET told_at = ? WHERE id = ?", [now, id]);
  await dropJob(db, "reminder", id);
  const { user_id: userId, message_id: message, at } = row;
  const readable = await db.get<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} ${REMINDED} JOIN users AS author ON author.id = x.user_id
     WHERE n.id = ?`,
    [id],
  );
  if (readable === undefined) return { result: undefined, changes: await unread(db, id, message) };
  const later = await countLater(db, userId);
  return {
    result: undefined,
    changes: [{ type: "reminder", userId, message: toMessage(readable), at, later }],
  };
});

/** One of a message in a room that was left waits for its reader; one of a deleted message goes. */
async function unread(db: Driver, id: number, message: number): Promise<readonly Change[]> {
  const row = await db.get<{ deleted_at: number | null }>(
    "SELECT deleted_at FROM messages WHERE id = ?",
    [message],
  );
  if (row?.deleted_at !== null) await drop(db, id);
  return NO_CHANGES;
}
