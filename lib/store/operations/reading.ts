/** How far members have read, and where they were last. */
import type { Driver } from "../driver.ts";
import { type Input, NO_CHANGES, writeIndependently } from "./operation.ts";
import { requireReader } from "./parts/standing.ts";

/** Nobody else is told, and no send depends on it. */
export const rememberRoom = writeIndependently(
  async (db: Driver, { userId, room }: Input<"rememberRoom">) => {
    await requireReader(db, userId, room);
    await db.run(
      "UPDATE users SET last_room = ? WHERE id = ? AND (last_room IS NULL OR last_room <> ?)",
      [room, userId, room],
    );
    return { result: undefined, changes: NO_CHANGES };
  },
);

export const markRead = writeIndependently(async (db: Driver, input: Input<"markRead">) => {
  const { userId, room } = input;
  await db.lockRoom(room);
  const standing = await requireReader(db, userId, room);
  const seq = Math.min(input.seq, standing.head);
  if (seq <= standing.readSeq) return { result: undefined, changes: NO_CHANGES };
  await moveReadMark(db, room, userId, seq);
  return { result: undefined, changes: [{ type: "read", userId, room, seq }] };
});

async function moveReadMark(
  db: Driver,
  room: number,
  userId: number,
  seq: number,
): Promise<void> {
  await db.run(
    "UPDATE members SET read_seq = ? WHERE room_id = ? AND user_id = ?",
    [seq, room, userId],
  );
}
