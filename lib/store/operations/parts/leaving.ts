/** A member who is no longer one, and what follows for the room. Checks no permission. */
import type { Driver } from "../../driver.ts";
import type { Change } from "../../store.ts";
import { keyAfterLeaving } from "./direct_key.ts";
import { dueInRoom } from "./due_reminders.ts";
import { leaveThreads } from "./thread_marks.ts";
import { accessOf, memberCount, recounted } from "./membership.ts";

/** The room was locked before. */
export async function leaveRoom(
  db: Driver,
  room: number,
  userId: number,
  role: string,
): Promise<Change[]> {
  await db.run("DELETE FROM members WHERE room_id = ? AND user_id = ?", [room, userId]);
  await db.run(
    "UPDATE rooms SET member_count = member_count - 1, access = access + 1 WHERE id = ?",
    [room],
  );
  await leaveThreads(db, room, userId);
  await closeGroup(db, room, userId);
  const left: Change = { type: "left", userId, room, access: await accessOf(db, room) };
  if (role === "owner") await passOwnership(db, room);
  const due = await dueInRoom(db, room, userId, false);
  return [left, ...due, ...recounted(room, await memberCount(db, room))];
}

/** A group that somebody has left is no longer found by its people: see `direct_key.ts`. */
async function closeGroup(db: Driver, room: number, userId: number): Promise<void> {
  const row = await db.get<{ direct_key: string | null }>(
    "SELECT direct_key FROM rooms WHERE id = ?",
    [room],
  );
  const key = row?.direct_key ?? null;
  if (key === null) return;
  await db.run("UPDATE rooms SET direct_key = ? WHERE id = ?", [
    keyAfterLeaving(key, userId, room),
    room,
  ]);
}

/** If no owner is left, the oldest member takes over. */
async function passOwnership(db: Driver, room: number): Promise<void> {
  await db.run(
    `UPDATE members SET role = 'owner'
     WHERE room_id = ?
       AND NOT EXISTS (SELECT 1 FROM members AS o WHERE o.room_id = ? AND o.role = 'owner')
       AND user_id = (
         SELECT m.user_id FROM members AS m WHERE m.room_id = ?
         ORDER BY m.joined_at, m.user_id LIMIT 1
       )`,
    [room, room, room],
  );
}
