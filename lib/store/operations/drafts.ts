/** What somebody has written and not sent. Nobody else learns of it, so it raises no room's head. */
import { ConfabError, notFound } from "../../errors.ts";
import type { KeptDraft } from "../../protocol/drafts.ts";
import { KEPT_DRAFTS } from "../../protocol/limits.ts";
import type { DraftPlace } from "../contract/drafts.ts";
import type { Driver } from "../driver.ts";
import type { Change } from "../store.ts";
import { type Input, NO_CHANGES, read, writeIndependently } from "./operation.ts";
import { requireReader } from "./parts/standing.ts";
import { requireActive } from "./parts/users.ts";

export const setDraft = writeIndependently(async (db: Driver, input: Input<"setDraft">) => {
  const { userId, room, text, now } = input;
  await db.lockUser(userId);
  await requireReader(db, userId, room);
  const thread = await rootOf(db, room, input.thread);
  const place = { userId, room, thread };
  if (text.trim() === "") return await remove(db, place);
  const replyTo = await inRoom(db, room, input.replyTo) === null ? null : input.replyTo;
  const before = await isKept(db, place);
  if (before?.text === text && before.reply_to === replyTo) {
    return { result: undefined, changes: NO_CHANGES };
  }
  if (before === undefined) await requirePlace(db, userId);
  await db.run(
    `INSERT INTO drafts (user_id, room_id, thread_id, text, reply_to, at)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (user_id, room_id, thread_id)
     DO UPDATE SET text = excluded.text, reply_to = excluded.reply_to, at = excluded.at`,
    [userId, room, thread ?? 0, text, replyTo, now],
  );
  return { result: undefined, changes: changed(place) };
});

export const dropDraft = writeIndependently(async (db: Driver, input: Input<"dropDraft">) => {
  await db.lockUser(input.userId);
  await requireActive(db, input.userId);
  const found = await inRoom(db, input.room, input.thread);
  const removed = await remove(db, { ...input, thread: found?.thread_id ?? input.thread });
  if (removed.changes.length === 0) await requireReader(db, input.userId, input.room);
  return removed;
});

/** A thread is named by its root, or by any of its replies. */
async function rootOf(db: Driver, room: number, id: number | null): Promise<number | null> {
  if (id === null) return null;
  const found = await inRoom(db, room, id);
  if (found === null) throw notFound("message");
  return found.thread_id ?? id;
}

async function inRoom(
  db: Driver,
  room: number,
  message: number | null,
): Promise<{ thread_id: number | null } | null> {
  if (message === null) return null;
  const row = await db.get<{ thread_id: number | null }>(
    "SELECT thread_id FROM messages WHERE id = ? AND room_id = ?",
    [message, room],
  );
  return row ?? null;
}

function isKept(db: Driver, { userId, room, thread }: DraftPlace) {
  return db.get<{ text: string; reply_to: number | null }>(
    "SELECT text, reply_to FROM drafts WHERE user_id = ? AND room_id = ? AND thread_id = ?",
    [userId, room, thread ?? 0],
  );
}

async function requirePlace(db: Driver, userId: number): Promise<void> {
  const row = await db.get<{ drafts: number }>(
    "SELECT count(*) AS drafts FROM drafts WHERE user_id = ?",
    [userId],
  );
  if ((row?.drafts ?? 0) < KEPT_DRAFTS.count) return;
  const message = `At most ${KEPT_DRAFTS.count} drafts are kept here.`;
  throw new ConfabError("invalid", message, {
    errors: [{ path: "room", message, reason: "too_long" }],
  });
}

async function remove(db: Driver, place: DraftPlace) {
  const { userId, room, thread } = place;
  const gone = await db.run(
    "DELETE FROM drafts WHERE user_id = ? AND room_id = ? AND thread_id = ?",
    [userId, room, thread ?? 0],
  );
  return { result: undefined, changes: gone === 0 ? NO_CHANGES : changed(place) };
}

function changed({ userId, room, thread }: DraftPlace): Change[] {
  return [{ type: "draft", userId, room, thread }];
}

interface DraftRow {
  room_id: number;
  thread_id: number;
  text: string;
  reply_to: number | null;
  at: number;
  client_id: string | null;
  seq: number | null;
  author_id: number | null;
  username: string | null;
  said: string | null;
}

/** What it answers is shown only to whoever is still in the room. */
const SELECT = `
  SELECT d.room_id, d.thread_id, d.text, d.reply_to, d.at,
    x.client_id, x.seq, x.user_id AS author_id, author.username, x.text AS said
  FROM drafts AS d
  LEFT JOIN members AS m ON m.room_id = d.room_id AND m.user_id = d.user_id
  LEFT JOIN messages AS x ON x.id = d.reply_to AND m.user_id IS NOT NULL
  LEFT JOIN users AS author ON author.id = x.user_id`;

export const listDrafts = read(async (db: Driver, { userId }: Input<"listDrafts">) => {
  await requireActive(db, userId);
  const rows = await db.all<DraftRow & Record<string, string | number | null>>(
    `${SELECT} WHERE d.user_id = ?`,
    [userId],
  );
  return rows.map(toDraft).sort((a, b) => b.at - a.at);
});

export const findDraft = read(async (db: Driver, input: Input<"findDraft">) => {
  const { userId, room, thread } = input;
  const row = await db.get<DraftRow & Record<string, string | number | null>>(
    `${SELECT} WHERE d.user_id = ? AND d.room_id = ? AND d.thread_id = ?`,
    [userId, room, thread ?? 0],
  );
  return row === undefined ? null : toDraft(row);
});

function toDraft(row: DraftRow): KeptDraft {
  return {
    room: row.room_id,
    thread: row.thread_id === 0 ? null : row.thread_id,
    text: row.text,
    replyTo: row.reply_to,
    target: targetOf(row),
    at: row.at,
  };
}

function targetOf(row: DraftRow): KeptDraft["target"] {
  const { reply_to: id, client_id: clientId, seq, author_id: userId, username, said: text } = row;
  if (id === null || clientId === null || seq === null || userId === null) return null;
  return { id, clientId, seq, userId, username: username ?? "", text: text ?? "" };
}
