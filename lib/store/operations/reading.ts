/** How far members have read, and where they were last. */
import type { Driver } from "../driver.ts";
import { type Input, NO_CHANGES, write, writeUnordered } from "./operation.ts";
import { requireReader } from "./parts/standing.ts";

/** Nobody else is told, and no send depends on it. */
export const rememberRoom = writeUnordered(
  async (db: Driver, { userId, room }: Input<"rememberRoom">) => {
    await requireReader(db, userId, room);
    await db.run(
      "UPDATE users SET last_room = ? WHERE id = ? AND (last_room IS NULL OR last_room <> ?)",
      [room, userId, room],
    );
    return { result: undefined, changes: NO_CHANGES };
  },
);

/**
 * Takes no lock, so that a thousand readers never keep a message waiting: the mark rises in one
 * statement, and finds no row once its member was removed.
 */
export const markRead = writeUnordered(async (db: Driver, input: Input<"markRead">) => {
  const { userId, room, now } = input;
  const standing = await requireReader(db, userId, room);
  const seq = Math.min(input.seq, standing.head);
  if (seq <= standing.readSeq || !await raiseReadMark(db, room, userId, seq)) {
    return { result: undefined, changes: NO_CHANGES };
  }
  const isSeen = standing.kind === "direct" && await noteSeen(db, room, userId, seq, now);
  const seenAt = isSeen ? { seenAt: now } : {};
  return { result: undefined, changes: [{ type: "read", userId, room, seq, ...seenAt }] };
});

async function raiseReadMark(
  db: Driver,
  room: number,
  userId: number,
  seq: number,
): Promise<boolean> {
  const changed = await db.run(
    "UPDATE members SET read_seq = ? WHERE room_id = ? AND user_id = ? AND read_seq < ?",
    [seq, room, userId, seq],
  );
  return changed > 0;
}

/** False if they had seen it before: a mark that was moved back comes here a second time. */
async function noteSeen(
  db: Driver,
  room: number,
  userId: number,
  seq: number,
  now: number,
): Promise<boolean> {
  const changed = await db.run(
    `UPDATE members SET seen_seq = ?, seen_at = ?
     WHERE room_id = ? AND user_id = ? AND seen_seq < ?`,
    [seq, now, room, userId, seq],
  );
  return changed > 0;
}

/**
 * The one write that moves a mark back: under the room's lock, so that no send that moves its
 * author's mark runs beside it. What was on its way to move it forward may still do so.
 */
export const markUnread = write(async (db: Driver, input: Input<"markUnread">) => {
  const { userId, room } = input;
  await db.lockRoom(room);
  const standing = await requireReader(db, userId, room);
  const seq = Math.max(0, input.seq - 1);
  if (seq >= standing.readSeq) return { result: undefined, changes: NO_CHANGES };
  await db.run(
    "UPDATE members SET read_seq = ? WHERE room_id = ? AND user_id = ?",
    [seq, room, userId],
  );
  return { result: undefined, changes: [{ type: "unread", userId, room, seq }] };
});
