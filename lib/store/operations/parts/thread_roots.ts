/**
 * What a root says of its thread, changed by something else than a new reply: one is gone or has
 * come back, or there is a title. Whoever calls has locked the room, and raises its head.
 */
import { REPLIERS } from "../../../protocol/limits.ts";
import type { Message } from "../../../protocol/messages.ts";
import type { Driver } from "../../driver.ts";
import { type MessageRow, toMessage } from "./rows.ts";

/** Replies among which those who replied last are looked for. */
const LOOKED_THROUGH = 1_000;

/** The root as it is after a reply came or went: `more` is 1 or -1. */
export async function recountReplies(
  db: Driver,
  root: MessageRow,
  more: 1 | -1,
  rev: number,
): Promise<Message> {
  const last = await db.get<{ seq: number; ts: number }>(
    `SELECT seq, ts FROM messages WHERE thread_id = ? AND deleted_at IS NULL
     ORDER BY seq DESC LIMIT 1`,
    [root.id],
  );
  return await storeRoot(db, {
    ...root,
    rev,
    reply_count: root.reply_count + more,
    last_reply_seq: last?.seq ?? null,
    last_reply_ts: last?.ts ?? null,
    repliers: last === undefined ? null : JSON.stringify(await repliersOf(db, root.id)),
  });
}

export async function giveTitle(
  db: Driver,
  root: MessageRow,
  title: string | null,
  rev: number,
): Promise<Message> {
  return await storeRoot(db, { ...root, title, rev });
}

/** Whether a reply of theirs stands in it. */
export async function hasReplied(db: Driver, root: number, userId: number): Promise<boolean> {
  const row = await db.get(
    `SELECT id FROM messages WHERE thread_id = ? AND user_id = ? AND deleted_at IS NULL LIMIT 1`,
    [root, userId],
  );
  return row !== undefined;
}

/** Whether something by somebody else stands behind `readSeq`. */
export async function hasUnread(
  db: Driver,
  root: number,
  userId: number,
  readSeq: number,
): Promise<boolean> {
  const row = await db.get(
    `SELECT id FROM messages
     WHERE thread_id = ? AND seq > ? AND user_id <> ? AND deleted_at IS NULL LIMIT 1`,
    [root, readSeq, userId],
  );
  return row !== undefined;
}

async function repliersOf(db: Driver, root: number): Promise<number[]> {
  const rows = await db.all<{ user_id: number }>(
    `SELECT user_id FROM (
       SELECT user_id, seq FROM messages WHERE thread_id = ? AND deleted_at IS NULL
       ORDER BY seq DESC LIMIT ${LOOKED_THROUGH}
     ) AS found
     GROUP BY user_id ORDER BY max(seq) DESC LIMIT ${REPLIERS}`,
    [root],
  );
  return rows.map(({ user_id }) => user_id);
}

/** A title without replies has a place in the room's list of them: the root's own. */
async function storeRoot(db: Driver, root: MessageRow): Promise<Message> {
  const isTopic = root.title !== null;
  const { id, rev, reply_count, repliers, title } = root;
  const seq = reply_count > 0 ? root.last_reply_seq : isTopic ? root.seq : null;
  const ts = reply_count > 0 ? root.last_reply_ts : isTopic ? root.ts : null;
  await db.run(
    `UPDATE messages SET rev = ?, reply_count = ?, last_reply_seq = ?, last_reply_ts = ?,
       repliers = ?, title = ? WHERE id = ?`,
    [rev, reply_count, seq, ts, repliers, title, id],
  );
  return toMessage({ ...root, last_reply_seq: seq, last_reply_ts: ts });
}
