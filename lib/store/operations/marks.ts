/**
 * What members set for themselves: what they are told of, which rooms are in their list, how far
 * they have read. Who is in a room is `members.ts`.
 */
import { mayHide, type Standing } from "../../protocol/permissions.ts";
import type { Driver } from "../driver.ts";
import type { Change } from "../store.ts";
import { requireMemberRoom } from "./membership.ts";
import { type Input, NO_CHANGES, write, writeIndependently } from "./operation.ts";
import { HIDDEN, showTo } from "./showing.ts";
import { requireReader, requireVerdict } from "./standing.ts";

export const updateMembership = write(async (db: Driver, input: Input<"updateMembership">) => {
  const { userId, room } = input;
  await db.lockRoom(room);
  const standing = await requireReader(db, userId, room);
  const { membership } = await requireMemberRoom(db, room, userId);
  const { notify = membership.notify, hidden = membership.hidden ?? false } = input;
  const changes: Change[] = [];
  if (notify !== membership.notify) {
    await db.run(
      "UPDATE members SET notify = ? WHERE room_id = ? AND user_id = ?",
      [notify, room, userId],
    );
    changes.push({ type: "membership", userId, room });
  }
  if (hidden !== (membership.hidden ?? false)) {
    changes.push(
      hidden ? await hide(db, room, userId, standing) : (await showTo(db, room, userId))!,
    );
  }
  const { membership: result } = await requireMemberRoom(db, room, userId);
  return { result, changes };
});

async function hide(
  db: Driver,
  room: number,
  userId: number,
  standing: Standing,
): Promise<Change> {
  requireVerdict(standing, mayHide(standing), "Only direct rooms are hidden; others are left.");
  await db.run(
    `UPDATE members SET hidden = ${HIDDEN} WHERE room_id = ? AND user_id = ?`,
    [room, userId],
  );
  return { type: "left", userId, room, hidden: true };
}

/** Nobody else's business, and nothing that a message goes by. */
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

/**
 * Moves the mark of somebody who has written at `seq`, unless something that others wrote before
 * it is unread still. It keeps short what is searched for the unread of those who only write.
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
           AND unread.deleted_at IS NULL
       )`,
    [seq, room, userId, seq, seq],
  );
}

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
