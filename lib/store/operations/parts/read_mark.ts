/** The read mark of a message's author. Checks no permission. */
import type { Driver } from "../../driver.ts";

/**
 * Moves the mark of an author who wrote at `seq`, unless something others wrote before it is still
 * unread. This keeps the search for unread messages short for users who only write.
 */
export async function moveReadMarkBy(
  db: Driver,
  room: number,
  userId: number,
  seq: number,
): Promise<void> {
  await db.run(
    `UPDATE members SET read_seq = ? WHERE room_id = ? AND user_id = ? AND read_seq < ?
       AND NOT EXISTS (
         SELECT 1 FROM messages AS unread
         WHERE unread.room_id = members.room_id AND unread.seq > members.read_seq
           AND unread.seq < ? AND unread.user_id <> members.user_id
           AND unread.deleted_at IS NULL AND unread.thread_only = 0
       )`,
    [seq, room, userId, seq, seq],
  );
}
