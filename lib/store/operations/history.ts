/** Pages of a room's history, by the place (`seq`) of its messages. */
import type { HistoryPage } from "../../protocol/history.ts";
import type { Message } from "../../protocol/messages.ts";
import { maySeeRoom } from "../../protocol/permissions.ts";
import type { Driver } from "../driver.ts";
import type { HistoryAnchor } from "../contract/history.ts";
import { type Input, read } from "./operation.ts";
import {
  MESSAGE_COLUMNS,
  type MessageRow,
  ROOM_COLUMNS,
  type RoomRow,
  toMessage,
  toRoom,
} from "./parts/rows.ts";
import { requireReader, requireStanding } from "./parts/standing.ts";

const SELECT = `SELECT ${MESSAGE_COLUMNS}
  FROM messages AS x JOIN users AS author ON author.id = x.user_id`;

/** A stretch of messages, ascending, and whether there are more where it was cut. */
interface Stretch {
  messages: Message[];
  more: boolean;
}

const NONE: Stretch = { messages: [], more: false };

export const history = read(async (db: Driver, input: Input<"history">): Promise<HistoryPage> => {
  const { room, limit } = input;
  const { head, readSeq } = await requireReader(db, input.userId, room);
  const anchor = "around" in input.anchor && input.anchor.around === "unread"
    ? await firstUnread(db, room, input.userId, readSeq)
    : input.anchor;
  const { older, newer } = await stretches(db, room, anchor, head, limit);
  const messages = [...older.messages, ...newer.messages];
  return { messages, head, hasBefore: older.more, hasAfter: newer.more };
});

export const previewRoom = read(async (db: Driver, input: Input<"previewRoom">) => {
  const { userId, room: id, limit } = input;
  const { head } = await requireStanding(db, userId, id, maySeeRoom, "It cannot be looked at.");
  const row = await db.get<RoomRow>(`SELECT ${ROOM_COLUMNS} FROM rooms AS r WHERE r.id = ?`, [id]);
  const { messages } = await before(db, id, head + 1, limit);
  return { room: toRoom(row!), messages };
});

/** A place in the room, or if none is given, its end. */
type Anchor = Exclude<HistoryAnchor, { around: "unread" }>;

async function firstUnread(
  db: Driver,
  room: number,
  userId: number,
  readSeq: number,
): Promise<Anchor> {
  const row = await db.get<{ seq: number }>(
    `SELECT unread.seq FROM messages AS unread
     WHERE unread.room_id = ? AND unread.seq > ? AND unread.user_id <> ?
       AND unread.deleted_at IS NULL AND unread.thread_only = 0
     ORDER BY unread.seq LIMIT 1`,
    [room, readSeq, userId],
  );
  return row === undefined ? {} : { around: row.seq };
}

async function stretches(
  db: Driver,
  room: number,
  anchor: Anchor,
  head: number,
  limit: number,
): Promise<{ older: Stretch; newer: Stretch }> {
  if ("around" in anchor) {
    const half = Math.floor(limit / 2);
    return {
      older: await before(db, room, anchor.around, half),
      newer: await from(db, room, anchor.around, limit - half),
    };
  }
  if ("after" in anchor) {
    return {
      older: await before(db, room, anchor.after + 1, 0),
      newer: await from(db, room, anchor.after + 1, limit),
    };
  }
  const end = "before" in anchor ? anchor.before : head + 1;
  return {
    older: await before(db, room, end, limit),
    newer: end > head ? NONE : await from(db, room, end, 0),
  };
}

/**
 * The last `limit` messages with a smaller `seq`; one more is read, to know whether there are more.
 */
async function before(db: Driver, room: number, seq: number, limit: number): Promise<Stretch> {
  const rows = await db.all<MessageRow>(
    `${SELECT} WHERE x.room_id = ? AND x.seq < ? ORDER BY x.seq DESC LIMIT ?`,
    [room, seq, limit + 1],
  );
  return { messages: rows.slice(0, limit).map(toMessage).reverse(), more: rows.length > limit };
}

/** The first `limit` messages with this `seq` or greater. */
async function from(db: Driver, room: number, seq: number, limit: number): Promise<Stretch> {
  const rows = await db.all<MessageRow>(
    `${SELECT} WHERE x.room_id = ? AND x.seq >= ? ORDER BY x.seq LIMIT ?`,
    [room, seq, limit + 1],
  );
  return { messages: rows.slice(0, limit).map(toMessage), more: rows.length > limit };
}
