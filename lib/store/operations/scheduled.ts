/** Messages that are sent at a time to come. They raise no room's head before. */
import { ConfabError, notFound } from "../../errors.ts";
import type { ErrorCode } from "../../protocol/codes.ts";
import type { File } from "../../protocol/files.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { mayWrite } from "../../protocol/permissions.ts";
import type { Scheduled } from "../../protocol/scheduled.ts";
import { isLonger } from "../../protocol/text.ts";
import type { Driver } from "../driver.ts";
import type { NewMessage } from "../contract/messages.ts";
import type { Change } from "../store.ts";
import { type Input, NO_CHANGES, read, write } from "./operation.ts";
import { fileIds } from "./parts/file_rows.ts";
import { giveUp, heldFiles, holdFiles, letGo, requireLoose } from "./parts/files.ts";
import { dropJob, planJob } from "./parts/jobs.ts";
import { countLater, requireAhead, requireFree } from "./parts/later.ts";
import { mayHaveLinks } from "./parts/links.ts";
import { noText } from "./parts/message_changes.ts";
import { inSeries, requireReplyTarget } from "./parts/sending.ts";
import { findEarlier, requireStanding } from "./parts/standing.ts";
import { requireActive } from "./parts/users.ts";

interface ScheduledRow {
  id: number;
  user_id: number;
  room_id: number;
  client_id: string;
  text: string;
  reply_to: number | null;
  thread_only: number;
  at: number;
  created_at: number;
  failed_at: number | null;
  failed_code: ErrorCode | null;
}

const SELECT = `SELECT id, user_id, room_id, client_id, text, reply_to, thread_only, at, created_at,
  failed_at, failed_code FROM scheduled`;

function toScheduled(row: ScheduledRow, files: File[]): Scheduled {
  const { failed_at: at, failed_code: code } = row;
  return {
    id: row.id,
    room: row.room_id,
    text: row.text,
    replyTo: row.reply_to,
    ...(row.thread_only === 1 ? { threadOnly: true as const } : {}),
    files,
    at: row.at,
    clientId: row.client_id,
    createdAt: row.created_at,
    failed: at === null || code === null ? null : { at, code },
  };
}

export const scheduleMessage = write(async (db: Driver, input: Input<"scheduleMessage">) => {
  const { userId, room, clientId, text, replyTo, threadOnly = false, files = [], at, now } = input;
  await db.lockUser(userId);
  await requireStanding(db, userId, room, mayWrite, "You may not write in this room.");
  const earlier = await db.get<ScheduledRow>(`${SELECT} WHERE client_id = ? AND user_id = ?`, [
    clientId,
    userId,
  ]);
  if (earlier !== undefined) return repeated(await withFiles(db, earlier), input);
  if (await findEarlier(db, userId, clientId) !== null) throw sentAlready();
  requireAhead(at, now);
  if (replyTo !== null) await requireReplyTarget(db, room, replyTo);
  const { scheduled: kept, failed } = await countLater(db, userId);
  requireFree(kept + failed, LIMITS.scheduled, "text", "messages that wait to be sent");
  const loose = await requireLoose(db, userId, files);
  const id = await db.insert(
    `INSERT INTO scheduled (user_id, room_id, client_id, text, reply_to, thread_only, at, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [userId, room, clientId, text, replyTo, threadOnly ? 1 : 0, at, now],
  );
  await holdFiles(db, id, loose);
  const row = (await findRow(db, id))!; // it was just put in
  await plan(db, row);
  const scheduled = toScheduled(row, loose);
  return { result: { scheduled, duplicate: false }, changes: [await changeOf(db, row, scheduled)] };
});

/** The same again: the answer was lost. */
function repeated(kept: Scheduled, input: Input<"scheduleMessage">) {
  const { room, text, replyTo, threadOnly = false, files = [], at } = input;
  const same = kept.room === room && kept.text === text && kept.replyTo === replyTo &&
    (kept.threadOnly ?? false) === threadOnly && kept.at === at &&
    String(fileIds(kept)) === String(files);
  if (!same) {
    throw new ConfabError("conflict", "Another message was scheduled with this clientId before.");
  }
  return { result: { scheduled: kept, duplicate: true }, changes: NO_CHANGES };
}

async function withFiles(db: Driver, row: ScheduledRow): Promise<Scheduled> {
  const held = await heldFiles(db, [row.id]);
  return toScheduled(row, held.get(row.id) ?? []);
}

function sentAlready(): ConfabError {
  return new ConfabError("conflict", "The message with this clientId was sent already.");
}

/** Messages of one room are sent in the order of their times. */
function plan(db: Driver, { id, room_id: room, user_id: userId, at: dueAt }: ScheduledRow) {
  return planJob(db, { kind: "scheduled", subject: id, lane: `room ${room}`, userId, dueAt });
}

function findRow(db: Driver, id: number): Promise<ScheduledRow | undefined> {
  return db.get<ScheduledRow>(`${SELECT} WHERE id = ?`, [id]);
}

/** @param scheduled null: it is kept no longer; `message`, if it became that one */
async function changeOf(
  db: Driver,
  { id, user_id: userId }: ScheduledRow,
  scheduled: Scheduled | null,
  message?: number,
): Promise<Change> {
  const later = await countLater(db, userId);
  const sent = message === undefined ? {} : { message };
  return { type: "scheduled", userId, id, scheduled, ...sent, later };
}

export const listScheduled = read(async (db: Driver, { userId }: Input<"listScheduled">) => {
  await requireActive(db, userId);
  const rows = await db.all<ScheduledRow>(
    `${SELECT} WHERE user_id = ? ORDER BY at, id LIMIT ${LIMITS.scheduled}`,
    [userId],
  );
  const held = rows.length === 0 ? new Map() : await heldFiles(db, rows.map(({ id }) => id));
  return rows.map((row) => toScheduled(row, held.get(row.id) ?? []));
});

export const changeScheduled = write(async (db: Driver, input: Input<"changeScheduled">) => {
  const { userId, id, now } = input;
  const before = await requireOwn(db, userId, id);
  if (input.at !== undefined) requireAhead(input.at, now);
  const { text = before.text, at = before.at } = input;
  if (text === "" && (await withFiles(db, before)).files.length === 0) throw noText();
  const waits = input.at !== undefined || before.failed_at === null;
  await db.run(
    `UPDATE scheduled SET text = ?, at = ?, failed_at = ?, failed_code = ? WHERE id = ?`,
    [text, at, waits ? null : before.failed_at, waits ? null : before.failed_code, id],
  );
  const row = (await findRow(db, id))!; // it is locked
  if (input.at !== undefined) await plan(db, row);
  const scheduled = await withFiles(db, row);
  return { result: scheduled, changes: [await changeOf(db, row, scheduled)] };
});

export const cancelScheduled = write(async (db: Driver, input: Input<"cancelScheduled">) => {
  const row = await requireOwn(db, input.userId, input.id);
  if (input.looseSince === undefined) await giveUp(db, "scheduled_id = ?", row.id);
  else await letGo(db, row.id, input.looseSince);
  await drop(db, row);
  return { result: undefined, changes: [await changeOf(db, row, null)] };
});

/** Another's is not there. Locks its author, so that it is not sent meanwhile. */
async function requireOwn(db: Driver, userId: number, id: number): Promise<ScheduledRow> {
  await db.lockUser(userId);
  await requireActive(db, userId);
  const row = await findRow(db, id);
  if (row?.user_id !== userId) throw notFound("scheduled message");
  return row;
}

async function drop(db: Driver, { id }: ScheduledRow): Promise<void> {
  await db.run("DELETE FROM scheduled WHERE id = ?", [id]);
  await dropJob(db, "scheduled", id);
}

export const sendScheduled = write(async (db: Driver, input: Input<"sendScheduled">) => {
  const { userId, id, most, online = [], previews = false, now } = input;
  const row = userId === null ? await dueRow(db, id, now) : await requireOwn(db, userId, id);
  if (row === null) return { result: null, changes: NO_CHANGES };
  if (isLonger(row.text, most)) throw tooLong(most);
  const { room_id: room, user_id: author, client_id: clientId, text, reply_to: replyTo } = row;
  const alone = inSeries(db);
  const threadOnly = row.thread_only === 1;
  const { files } = await withFiles(db, row);
  await letGo(db, id, now);
  const message: NewMessage = {
    userId: author,
    room,
    clientId,
    text,
    replyTo,
    threadOnly,
    online,
    now,
  };
  if (files.length > 0) message.files = fileIds({ files });
  if (previews && mayHaveLinks(text)) message.previews = true;
  const { result: { message: sent }, changes } = await alone.run(message);
  await alone.finish();
  await drop(db, row);
  return { result: sent, changes: [...changes, await changeOf(db, row, null, sent.id)] };
});

function tooLong(most: number): ConfabError {
  return new ConfabError("invalid", "The message is too long for this place.", {
    errors: [{ path: "text", message: `must have at most ${most} characters`, reason: "too_long" }],
  });
}

/** What the queue is to send; null if that changed meanwhile. */
async function dueRow(db: Driver, id: number, now: number): Promise<ScheduledRow | null> {
  const found = await findRow(db, id);
  if (found === undefined) {
    await dropJob(db, "scheduled", id);
    return null;
  }
  await db.lockUser(found.user_id);
  const row = await findRow(db, id);
  return row !== undefined && row.failed_at === null && row.at <= now ? row : null;
}

export const failScheduled = write(async (db: Driver, input: Input<"failScheduled">) => {
  const { id, code, now } = input;
  const row = await dueRow(db, id, now);
  if (row === null) return { result: undefined, changes: NO_CHANGES };
  const failed = { ...row, failed_at: now, failed_code: code };
  await db.run("UPDATE scheduled SET failed_at = ?, failed_code = ? WHERE id = ?", [now, code, id]);
  await dropJob(db, "scheduled", id);
  return { result: undefined, changes: [await changeOf(db, row, await withFiles(db, failed))] };
});
