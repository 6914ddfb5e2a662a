/**
 * Stretches of messages by their places: of a room, or of the thread below a root. Each reads one
 * message more than it gives, to know whether there are more. Knows no rule.
 */
import type { Message } from "../../../protocol/messages.ts";
import type { Driver } from "../../driver.ts";
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from "./rows.ts";

const SELECT = `SELECT ${MESSAGE_COLUMNS}
  FROM messages AS x JOIN users AS author ON author.id = x.user_id`;

/** Of which messages: `id` is the room's, or the root's. */
export interface MessageLine {
  of: "room" | "thread";
  id: number;
}

const LINES = {
  room: {
    before: `${SELECT} WHERE x.room_id = ? AND x.seq < ? ORDER BY x.seq DESC LIMIT ?`,
    from: `${SELECT} WHERE x.room_id = ? AND x.seq >= ? ORDER BY x.seq LIMIT ?`,
  },
  thread: {
    before: `${SELECT} WHERE x.thread_id = ? AND x.seq < ? ORDER BY x.seq DESC LIMIT ?`,
    from: `${SELECT} WHERE x.thread_id = ? AND x.seq >= ? ORDER BY x.seq LIMIT ?`,
  },
} as const;

/** A place in the line, or if none is given, its end. */
export type LinePlace =
  | { before: number }
  | { after: number }
  | { around: number }
  | Record<never, never>;

/** Messages ascending by `seq`, and whether there are more at either end. */
export interface LinePage {
  messages: Message[];
  hasBefore: boolean;
  hasAfter: boolean;
}

interface Stretch {
  messages: Message[];
  more: boolean;
}

const NONE: Stretch = { messages: [], more: false };

/** @param end a place behind which nothing stands */
export async function pageAt(
  db: Driver,
  line: MessageLine,
  place: LinePlace,
  end: number,
  limit: number,
): Promise<LinePage> {
  const { older, newer } = await stretches(db, line, place, end, limit);
  return {
    messages: [...older.messages, ...newer.messages],
    hasBefore: older.more,
    hasAfter: newer.more,
  };
}

async function stretches(
  db: Driver,
  line: MessageLine,
  place: LinePlace,
  end: number,
  limit: number,
): Promise<{ older: Stretch; newer: Stretch }> {
  if ("around" in place) {
    const half = Math.floor(limit / 2);
    return {
      older: await before(db, line, place.around, half),
      newer: await from(db, line, place.around, limit - half),
    };
  }
  if ("after" in place) {
    return {
      older: await before(db, line, place.after + 1, 0),
      newer: await from(db, line, place.after + 1, limit),
    };
  }
  const last = "before" in place ? place.before : end;
  return {
    older: await before(db, line, last, limit),
    newer: last >= end ? NONE : await from(db, line, last, 0),
  };
}

/** The last `limit` messages with a smaller `seq`. */
async function before(
  db: Driver,
  { of, id }: MessageLine,
  seq: number,
  limit: number,
): Promise<Stretch> {
  const rows = await db.all<MessageRow>(LINES[of].before, [id, seq, limit + 1]);
  return { messages: rows.slice(0, limit).map(toMessage).reverse(), more: rows.length > limit };
}

/** The first `limit` messages with this `seq` or greater. */
async function from(
  db: Driver,
  { of, id }: MessageLine,
  seq: number,
  limit: number,
): Promise<Stretch> {
  const rows = await db.all<MessageRow>(LINES[of].from, [id, seq, limit + 1]);
  return { messages: rows.slice(0, limit).map(toMessage), more: rows.length > limit };
}
