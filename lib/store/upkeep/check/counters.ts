/** What is counted: members, heads, places in a room, read marks. */
import { type Check, rowCheck } from "./rows.ts";

const members = rowCheck<{ id: number; member_count: number; members: number }>(
  "member_count",
  `SELECT r.id, r.member_count, count(m.user_id) AS members
   FROM rooms AS r LEFT JOIN members AS m ON m.room_id = r.id
   GROUP BY r.id, r.member_count HAVING count(m.user_id) <> r.member_count ORDER BY r.id`,
  (row) => `Room ${row.id} counts ${row.member_count} members, and has ${row.members}.`,
);

/** The last change of a room is always there: it can only be folded by a later one. */
const heads = rowCheck<{ id: number; head: number; last: number }>(
  "head",
  `SELECT r.id, r.head, COALESCE(x.last, 0) AS last FROM rooms AS r LEFT JOIN (
     SELECT room_id, max(rev) AS last FROM messages GROUP BY room_id
   ) AS x ON x.room_id = r.id
   WHERE r.head <> COALESCE(x.last, 0) ORDER BY r.id`,
  (row) => `Room ${row.id} has the head ${row.head}, and its last change is ${row.last}.`,
);

/**
 * Each number from 1 to a room's head was given once: as a message's `seq`, or as the `rev` of a
 * change. A number is missing rightly only if a later change of the same message took its place:
 * then that message's `seq` is below it and its `rev` above.
 */
const places = rowCheck<{ room_id: number; n: number; before: number }>(
  "places",
  `WITH used AS (
     SELECT room_id, seq AS n, rev FROM messages
     UNION ALL SELECT room_id, rev, rev FROM messages WHERE rev > seq
   ), placed AS (
     SELECT room_id, n,
       COALESCE(lag(n) OVER (PARTITION BY room_id ORDER BY n), 0) AS before,
       COALESCE(max(rev) OVER (
         PARTITION BY room_id ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
       ), 0) AS reach
     FROM used
   )
   SELECT room_id, n, before FROM placed
   WHERE n = before OR (n > before + 1 AND reach < n) ORDER BY room_id, n`,
  ({ room_id, n, before }) =>
    n === before
      ? `In room ${room_id} the number ${n} was given twice.`
      : `In room ${room_id} ${missing(before + 1, n - 1)}.`,
);

function missing(from: number, to: number): string {
  return from === to
    ? `the number ${from} is missing: a message is lost`
    : `the numbers from ${from} to ${to} are missing: messages are lost`;
}

const readMarks = rowCheck<{ room_id: number; user_id: number; read_seq: number; head: number }>(
  "read_marks",
  `SELECT m.room_id, m.user_id, m.read_seq, r.head
   FROM members AS m JOIN rooms AS r ON r.id = m.room_id
   WHERE m.read_seq > r.head ORDER BY m.room_id, m.user_id`,
  (row) =>
    `User ${row.user_id} has read room ${row.room_id} to ${row.read_seq}, beyond its head ${row.head}.`,
);

/** Row 0 sums up everybody's. What an upload has not said yet (-1) counts nothing. */
const fileTotals = rowCheck<{ user_id: number; bytes: number; found: number }>(
  "file_totals",
  `WITH sums AS (
     SELECT user_id, sum(CASE WHEN size > 0 THEN size ELSE 0 END) AS bytes FROM files
     WHERE state <> 'gone' GROUP BY user_id
   ), found AS (
     SELECT user_id, bytes FROM sums
     UNION ALL SELECT 0, COALESCE(sum(bytes), 0) FROM sums
   )
   SELECT COALESCE(f.user_id, t.user_id) AS user_id, COALESCE(t.bytes, 0) AS bytes,
     COALESCE(f.bytes, 0) AS found
   FROM found AS f FULL JOIN file_totals AS t ON t.user_id = f.user_id
   WHERE COALESCE(t.bytes, 0) <> COALESCE(f.bytes, 0) ORDER BY 1`,
  ({ user_id: id, bytes, found }) =>
    `${id === 0 ? "All people's" : `User ${id}'s`} files count ${bytes} bytes, and have ${found}.`,
);

export const counterChecks: readonly Check[] = [members, heads, places, readMarks, fileTotals];
