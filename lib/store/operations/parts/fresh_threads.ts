/** The followed threads with something new, as a connection begins with them. */
import { FRESH_THREADS, LIMITS } from "../../../protocol/limits.ts";
import type { FreshThread } from "../../../protocol/threads.ts";
import type { Driver } from "../../driver.ts";
import { SHOWN } from "./showing.ts";

/** What the user follows in the rooms of their list, and what is new there. */
export async function freshThreads(db: Driver, userId: number): Promise<FreshThread[]> {
  return await db.all<FreshThread>(
    `SELECT mark.room_id AS room, mark.root_id AS root, mark.read_seq AS "readSeq"
     FROM thread_marks AS mark
     JOIN members AS m ON m.room_id = mark.room_id AND m.user_id = mark.user_id
       AND m.hidden = ${SHOWN}
     WHERE mark.user_id = ? AND mark.fresh = 1
     ORDER BY mark.root_id DESC LIMIT ${FRESH_THREADS}`,
    [userId],
  );
}

/** How many threads with something new, in the rooms that have some; as `MEMBERSHIP_COLUMNS`. */
export async function freshByRoom(db: Driver, userId: number): Promise<Map<number, number>> {
  const rows = await db.all<{ room_id: number; fresh: number }>(
    `SELECT room_id, count(*) AS fresh FROM thread_marks WHERE user_id = ? AND fresh = 1
     GROUP BY room_id`,
    [userId],
  );
  return new Map(rows.map(({ room_id, fresh }) => [room_id, Math.min(fresh, LIMITS.unreadCount)]));
}
