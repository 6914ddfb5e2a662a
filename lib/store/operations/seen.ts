/** Who has seen what in a direct room: it is noted where the read mark moves (`reading.ts`). */
import { maySeeReaders } from "../../protocol/seen_permissions.ts";
import type { Seen } from "../../protocol/seen.ts";
import type { Driver } from "../driver.ts";
import { type Input, read } from "./operation.ts";
import { requireStanding } from "./parts/standing.ts";

interface SeenRow {
  user_id: number;
  read_seq: number;
  seen_seq: number;
  seen_at: number | null;
}

export const listSeen = read(async (db: Driver, { userId, room }: Input<"listSeen">) => {
  await requireStanding(
    ...[db, userId, room] as const,
    maySeeReaders,
    "Only in direct messages one sees who has read them.",
  );
  const rows = await db.all<SeenRow>(
    `SELECT user_id, read_seq, seen_seq, seen_at FROM members
     WHERE room_id = ? AND user_id <> ? ORDER BY user_id`,
    [room, userId],
  );
  return rows.map(toSeen);
});

/**
 * A mark that was there before this was noted, or that an own message moved, has no time of its own.
 */
function toSeen({ user_id: userId, read_seq, seen_seq, seen_at }: SeenRow): Seen {
  return { userId, seq: Math.max(read_seq, seen_seq), at: seen_seq === 0 ? null : seen_at };
}
