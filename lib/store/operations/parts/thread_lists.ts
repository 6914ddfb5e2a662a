/** Lists of threads, with what is new in each for one person. They ask no permission. */
import { NEW_REPLIES } from "../../../protocol/limits.ts";
import type { Message } from "../../../protocol/messages.ts";
import type { ThreadItem, ThreadsPage, TopicsPage } from "../../../protocol/threads.ts";
import type { Driver, Value } from "../../driver.ts";
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from "./rows.ts";
import { FOLLOWS, toState } from "./thread_marks.ts";

type ItemRow = MessageRow & {
  mark_state: number | null;
  mark_seq: number | null;
  room_seq: number;
};

const COLUMNS = `${MESSAGE_COLUMNS}, mark.state AS mark_state, mark.read_seq AS mark_seq`;

export async function findTopics(
  db: Driver,
  { userId, room, readSeq, before, limit }: {
    userId: number;
    room: number;
    readSeq: number;
    before: number | null;
    limit: number;
  },
): Promise<TopicsPage> {
  const rows = await db.all<ItemRow>(
    `SELECT ${COLUMNS}, ? AS room_seq
     FROM messages AS x
     JOIN users AS author ON author.id = x.user_id
     LEFT JOIN thread_marks AS mark ON mark.root_id = x.id AND mark.user_id = ?
     WHERE x.room_id = ? AND x.title IS NOT NULL AND x.last_reply_seq < ?
     ORDER BY x.last_reply_seq DESC LIMIT ?`,
    [readSeq, userId, room, before ?? Number.MAX_SAFE_INTEGER, limit + 1],
  );
  const page = rows.slice(0, limit);
  return {
    topics: await itemsOf(db, page, userId),
    next: rows.length > page.length ? page.at(-1)!.last_reply_seq : null,
  };
}

/** When something happened in a thread last. */
const TIME = "coalesce(x.last_reply_ts, x.ts)";

const FOLLOWED = (fresh: string) =>
  `SELECT ${COLUMNS}, m.read_seq AS room_seq
   FROM thread_marks AS mark
   JOIN members AS m ON m.room_id = mark.room_id AND m.user_id = mark.user_id
   JOIN messages AS x ON x.id = mark.root_id
   JOIN users AS author ON author.id = x.user_id
   WHERE mark.user_id = ? AND mark.state = ${FOLLOWS} ${fresh}
     AND (x.deleted_at IS NULL OR x.reply_count > 0)
     AND (${TIME} < ? OR (${TIME} = ? AND x.id < ?))
   ORDER BY ${TIME} DESC, x.id DESC LIMIT ?`;

const ALL = FOLLOWED("");
const FRESH = FOLLOWED("AND mark.fresh = 1");

export async function findThreads(
  db: Driver,
  { userId, unread, before, limit }: {
    userId: number;
    unread: boolean;
    before: string | null;
    limit: number;
  },
): Promise<ThreadsPage> {
  const [ts, id] = before === null
    ? [Number.MAX_SAFE_INTEGER, 0]
    : before.split("-").map(Number) as [number, number]; // the schema says so
  const parameters: Value[] = [userId, ts, ts, id, limit + 1];
  const rows = await db.all<ItemRow>(unread ? FRESH : ALL, parameters);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    threads: await itemsOf(db, page, userId),
    next: last === undefined || rows.length === page.length
      ? null
      : `${last.last_reply_ts ?? last.ts}-${last.id}`,
  };
}

async function itemsOf(
  db: Driver,
  rows: readonly ItemRow[],
  userId: number,
): Promise<ThreadItem[]> {
  const items: ThreadItem[] = [];
  for (const row of rows) {
    const { mark_state: state, mark_seq: read_seq } = row;
    const mark = state === null || read_seq === null ? null : { state, read_seq };
    const own = toState(mark, row.room_seq);
    items.push({
      root: toMessage(row),
      ...own,
      unread: await countUnread(db, row.id, userId, own.readSeq),
      last: await lastReply(db, row),
    });
  }
  return items;
}

async function countUnread(
  db: Driver,
  root: number,
  userId: number,
  readSeq: number,
): Promise<number> {
  const row = await db.get<{ unread: number }>(
    `SELECT count(*) AS unread FROM (
       SELECT 1 AS one FROM messages
       WHERE thread_id = ? AND seq > ? AND user_id <> ? AND deleted_at IS NULL
       LIMIT ${NEW_REPLIES}
     ) AS found`,
    [root, readSeq, userId],
  );
  return row?.unread ?? 0;
}

async function lastReply(db: Driver, root: MessageRow): Promise<Message | null> {
  if (root.reply_count === 0) return null;
  const row = await db.get<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM messages AS x JOIN users AS author ON author.id = x.user_id
     WHERE x.thread_id = ? AND x.seq = ?`,
    [root.id, root.last_reply_seq],
  );
  return row === undefined ? null : toMessage(row);
}
