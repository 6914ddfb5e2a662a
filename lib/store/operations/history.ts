/** Pages of a room's history, by the place (`seq`) of its messages. */
import { maySeeRoom } from "../../protocol/permissions.ts";
import type { Driver } from "../driver.ts";
import { type Input, read } from "./operation.ts";
import { historyText } from "./parts/kept_pages.ts";
import {
  MESSAGE_COLUMNS,
  type MessageRow,
  ROOM_COLUMNS,
  type RoomRow,
  toMessage,
  toRoom,
} from "./parts/rows.ts";
import { requireReader, requireStanding } from "./parts/standing.ts";
import type { LinePlace } from "./parts/stretches.ts";

export const history = read(async (db: Driver, input: Input<"history">) => {
  const { room, limit } = input;
  const { head, readSeq } = await requireReader(db, input.userId, room);
  const place = "around" in input.anchor && input.anchor.around === "unread"
    ? await firstUnread(db, room, input.userId, readSeq)
    : input.anchor as LinePlace; // the one that is no place has just been replaced
  return await historyText(db, { room, head, place, limit });
});

/** What stands in the room's flow: no replies for their threads alone, and nothing deleted. */
export const previewRoom = read(async (db: Driver, input: Input<"previewRoom">) => {
  const { userId, room: id, limit } = input;
  const { head } = await requireStanding(db, userId, id, maySeeRoom, "It cannot be looked at.");
  const row = await db.get<RoomRow>(`SELECT ${ROOM_COLUMNS} FROM rooms AS r WHERE r.id = ?`, [id]);
  const messages = await db.all<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM messages AS x JOIN users AS author ON author.id = x.user_id
     WHERE x.room_id = ? AND x.seq <= ? AND x.deleted_at IS NULL AND x.thread_only = 0
     ORDER BY x.seq DESC LIMIT ?`,
    [id, head, limit],
  );
  return { room: toRoom(row!), messages: messages.map(toMessage).reverse() };
});

async function firstUnread(
  db: Driver,
  room: number,
  userId: number,
  readSeq: number,
): Promise<LinePlace> {
  const row = await db.get<{ seq: number }>(
    `SELECT unread.seq FROM messages AS unread
     WHERE unread.room_id = ? AND unread.seq > ? AND unread.user_id <> ?
       AND unread.deleted_at IS NULL AND unread.thread_only = 0
     ORDER BY unread.seq LIMIT 1`,
    [room, readSeq, userId],
  );
  return row === undefined ? {} : { around: row.seq };
}
