/**
 * How much of their rooms a member has not read. It is counted in a room's messages, each change of
 * which raises its head: so what was counted once is kept, in numbers, until the head or the
 * member's mark is another. Asks no permission.
 */
import { LIMITS } from "../../../protocol/limits.ts";
import type { Driver } from "../../driver.ts";
import type { KeptKind } from "../../kept.ts";
import { allInList, LIST } from "./lists.ts";

/**
 * For `members AS m` in a room with something behind their mark. The counts stop at a limit and read
 * only an index, so they cost the same in a room of a million messages as in one of ten thousand.
 */
export const COUNTED_UNREAD = `(
    SELECT count(*) FROM (
      SELECT 1 AS one FROM messages AS unread
      WHERE unread.room_id = m.room_id AND unread.seq > m.read_seq
        AND unread.user_id <> m.user_id AND unread.deleted_at IS NULL AND unread.thread_only = 0
      LIMIT ${LIMITS.unreadCount}
    ) AS counted
  )`;

/** The same for what mentions them. */
export const COUNTED_MENTIONS = `(
    SELECT count(*) FROM (
      SELECT 1 AS one FROM mentions AS mention
      WHERE mention.user_id = m.user_id AND mention.room_id = m.room_id
        AND mention.seq > m.read_seq
      LIMIT ${LIMITS.unreadCount}
    ) AS counted
  )`;

export interface UnreadCounts {
  unread: number;
  mentions: number;
}

/** Of a room: how far it has come, and how far the member has read. */
export interface ReadMark {
  id: number;
  head: number;
  read_seq: number;
}

/** Of each room that was counted, by id: id, head, mark, unread, mentions. */
const NUMBERS = 5;
const COUNTED: KeptKind<Float64Array> = { bytes: 2 ** 20 };
const OVERHEAD = 200;

const COUNTS = `SELECT m.room_id, ${COUNTED_UNREAD} AS unread, ${COUNTED_MENTIONS} AS mentions
  FROM members AS m WHERE m.user_id = ? AND m.room_id IN (${LIST})`;

/**
 * By room.
 * @param behind the member's marks with something behind them, by room; of this view
 */
export async function unreadCounts(
  db: Driver,
  userId: number,
  behind: readonly ReadMark[],
): Promise<Map<number, UnreadCounts>> {
  const kept = db.shelf.of(COUNTED);
  const known = stillTrue(kept.get(userId), behind);
  const moved = behind.map(({ id }) => id).filter((id) => !known.has(id));
  if (moved.length === 0) return known;
  const rows = await allInList<UnreadCounts & { room_id: number }>(db, COUNTS, [userId], moved);
  for (const { room_id, unread, mentions } of rows) known.set(room_id, { unread, mentions });
  const numbers = Float64Array.from(behind.flatMap(({ id, head, read_seq }) => {
    const { unread, mentions } = known.get(id)!; // counted before, or just now
    return [id, head, read_seq, unread, mentions];
  }));
  kept.set(userId, numbers, OVERHEAD + numbers.byteLength);
  return known;
}

function stillTrue(
  counted: Float64Array | undefined,
  behind: readonly ReadMark[],
): Map<number, UnreadCounts> {
  const known = new Map<number, UnreadCounts>();
  if (counted === undefined) return known;
  let at = 0;
  for (const { id, head, read_seq } of behind) {
    while (counted[at]! < id) at += NUMBERS; // beyond the end: no number, and not less
    if (counted[at] !== id || counted[at + 1] !== head || counted[at + 2] !== read_seq) continue;
    known.set(id, { unread: counted[at + 3]!, mentions: counted[at + 4]! });
  }
  return known;
}
