/**
 * Who follows a thread, how far they have read there, and for whom something is new. Each function
 * keeps `fresh` true to its meaning (see the migration), and returns whose state it changed. Whoever
 * calls them has locked the room. They ask no permission.
 */
import type { ThreadState } from "../../../protocol/threads.ts";
import type { Driver } from "../../driver.ts";
import type { Change, OwnThread } from "../../changes.ts";
import { allInList, LIST } from "./lists.ts";
import type { MessageRow } from "./rows.ts";

/** Values of `thread_marks.state`: who said that they do not follow is not made to by a mention. */
export const READS = 0;
export const FOLLOWS = 1;
export const DECLINED = 2;

export interface ThreadPlace {
  root: number;
  room: number;
}

interface MarkRow {
  user_id: number;
  read_seq: number;
  fresh: number;
}

const RETURNED = "user_id, read_seq, fresh";

const toOwn = ({ user_id, read_seq, fresh }: MarkRow): OwnThread => ({
  userId: user_id,
  following: true,
  readSeq: read_seq,
  fresh: fresh === 1,
});

/** Somebody's mark of a thread; null if there is none. */
export async function findMark(
  db: Driver,
  root: number,
  userId: number,
): Promise<{ state: number; read_seq: number; fresh: number } | null> {
  const row = await db.get<{ state: number; read_seq: number; fresh: number }>(
    "SELECT state, read_seq, fresh FROM thread_marks WHERE root_id = ? AND user_id = ?",
    [root, userId],
  );
  return row ?? null;
}

/** What each of these people has of it who has a mark. */
export async function statesOf(
  db: Driver,
  { root, room }: ThreadPlace,
  userIds: readonly number[],
): Promise<OwnThread[]> {
  const rows = await allInList<MarkRow & { state: number }>(
    db,
    `SELECT user_id, state, read_seq, fresh FROM thread_marks
     WHERE root_id = ? AND room_id = ? AND user_id IN (${LIST}) ORDER BY user_id`,
    [root, room],
    [...new Set(userIds)],
  );
  return rows.map((row) => ({ ...toOwn(row), following: row.state === FOLLOWS }));
}

/** @param roomSeq how far they have read the room, which counts for who does not follow */
export function toState(
  mark: { state: number; read_seq: number } | null,
  roomSeq: number,
): ThreadState {
  const following = mark?.state === FOLLOWS;
  const readSeq = mark?.read_seq ?? 0;
  return { following, readSeq: following ? readSeq : Math.max(readSeq, roomSeq) };
}

export async function setMark(
  db: Driver,
  root: Pick<MessageRow, "id" | "room_id">,
  userId: number,
  { state, readSeq, fresh }: { state: number; readSeq: number; fresh: boolean },
): Promise<void> {
  await db.run(
    `INSERT INTO thread_marks (root_id, user_id, room_id, state, read_seq, fresh)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (root_id, user_id) DO UPDATE
       SET state = excluded.state, read_seq = excluded.read_seq, fresh = excluded.fresh`,
    [root.id, userId, root.room_id, state, readSeq, fresh ? 1 : 0],
  );
}

/** The change that tells each of them; none if there is nobody. */
export function threadChange({ root, room }: ThreadPlace, states: OwnThread[]): Change[] {
  return states.length === 0 ? [] : [{ type: "thread", room, root, states }];
}

/**
 * Whoever wrote the root or was mentioned follows from now on, and has read up to `readSeq`.
 * `fresh`: something by somebody else stands behind it.
 */
export async function makeFollow(
  db: Driver,
  { root, room }: ThreadPlace,
  people: Iterable<number>,
  { readSeq, fresh }: { readSeq: number; fresh: boolean },
): Promise<OwnThread[]> {
  const states: OwnThread[] = [];
  for (const userId of people) {
    const rows = await db.all<MarkRow>(
      `INSERT INTO thread_marks (root_id, user_id, room_id, state, read_seq, fresh)
       SELECT ?, m.user_id, m.room_id, ${FOLLOWS}, ?, ? FROM members AS m
       WHERE m.room_id = ? AND m.user_id = ?
       ON CONFLICT (root_id, user_id) DO UPDATE
         SET state = ${FOLLOWS}, fresh = excluded.fresh, read_seq = CASE excluded.fresh
           WHEN 1 THEN thread_marks.read_seq ELSE excluded.read_seq END
         WHERE thread_marks.state = ${READS}
       RETURNING ${RETURNED}`,
      [root, readSeq, fresh ? 1 : 0, room, userId],
    );
    states.push(...rows.map(toOwn));
  }
  return states;
}

/** Whoever replies follows, and has read what stands before it. */
export async function markReplier(
  db: Driver,
  { root, room }: ThreadPlace,
  userId: number,
  seq: number,
): Promise<OwnThread[]> {
  const rows = await db.all<MarkRow>(
    `INSERT INTO thread_marks (root_id, user_id, room_id, state, read_seq, fresh)
     VALUES (?, ?, ?, ${FOLLOWS}, ?, 0)
     ON CONFLICT (root_id, user_id) DO UPDATE
       SET state = ${FOLLOWS}, read_seq = excluded.read_seq, fresh = 0
       WHERE thread_marks.state = ${READS} OR thread_marks.fresh = 1
     RETURNING ${RETURNED}`,
    [root, userId, room, seq],
  );
  return rows.map(toOwn);
}

/** Something new by `author` stands at `seq`: for followers to whom nothing was new before. */
export async function makeFresh(
  db: Driver,
  { root, room }: ThreadPlace,
  author: number,
  seq: number,
): Promise<OwnThread[]> {
  const rows = await db.all<MarkRow>(
    `UPDATE thread_marks SET fresh = 1
     WHERE root_id = ? AND state = ${FOLLOWS} AND fresh = 0 AND user_id <> ? AND read_seq < ?
       AND EXISTS (
         SELECT 1 FROM members AS m WHERE m.room_id = ? AND m.user_id = thread_marks.user_id
       )
     RETURNING ${RETURNED}`,
    [root, author, seq, room],
  );
  return rows.map(toOwn);
}

/** A reply is gone: for some it was all that was new. */
export async function lessFresh(db: Driver, root: number): Promise<OwnThread[]> {
  const rows = await db.all<MarkRow>(
    `UPDATE thread_marks SET fresh = 0
     WHERE root_id = ? AND state = ${FOLLOWS} AND fresh = 1 AND NOT EXISTS (
       SELECT 1 FROM messages AS x
       WHERE x.thread_id = thread_marks.root_id AND x.seq > thread_marks.read_seq
         AND x.user_id <> thread_marks.user_id AND x.deleted_at IS NULL
     )
     RETURNING ${RETURNED}`,
    [root],
  );
  return rows.map(toOwn);
}

/** To who has left a room nothing in it is new. */
export async function leaveThreads(db: Driver, room: number, userId: number): Promise<void> {
  await db.run(
    "UPDATE thread_marks SET fresh = 0 WHERE user_id = ? AND room_id = ? AND fresh = 1",
    [userId, room],
  );
}

/** Who comes back to a room has read what was said while they were away, here as in its flow. */
export async function returnToThreads(db: Driver, room: number, userId: number): Promise<void> {
  await db.run(
    `UPDATE thread_marks SET read_seq = (SELECT r.head FROM rooms AS r WHERE r.id = ?)
     WHERE user_id = ? AND room_id = ?`,
    [room, userId, room],
  );
}
