/** What is common to all that waits for its time: that its time is to come, and how much waits. */
import { ConfabError } from "../../../errors.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import type { LaterCounts } from "../../../protocol/later.ts";
import type { Driver } from "../../driver.ts";

/** Refuses a time that has passed. */
export function requireAhead(at: number, now: number): void {
  if (at <= now) throw fieldError("at", "must be a time to come");
}

/** @param kept how many the user has */
export function requireFree(kept: number, most: number, path: string, what: string): void {
  if (kept >= most) throw fieldError(path, `You can have at most ${most} ${what}.`);
}

function fieldError(path: string, message: string): ConfabError {
  return new ConfabError("invalid", path === "at" ? "The time has passed." : message, {
    errors: [{ path, message, reason: "invalid" }],
  });
}

/** Of messages, deleted ones are forgotten, and those that the user may not read wait for them. */
export const REMINDED = `FROM reminders AS n
  JOIN messages AS x ON x.id = n.message_id AND x.deleted_at IS NULL
  JOIN members AS m ON m.room_id = x.room_id AND m.user_id = n.user_id`;

export async function countLater(db: Driver, userId: number): Promise<LaterCounts> {
  const row = await db.get<{ kept: number; failed: number; due: number }>(
    `SELECT count(*) AS kept, count(found.failed_at) AS failed,
       (SELECT count(*) ${REMINDED} WHERE n.user_id = ? AND n.told_at IS NOT NULL) AS due
     FROM (
       SELECT failed_at FROM scheduled WHERE user_id = ? LIMIT ${LIMITS.scheduled}
     ) AS found`,
    [userId, userId],
  );
  const { kept, failed, due } = row!; // it always answers one row
  return { scheduled: Number(kept) - Number(failed), failed: Number(failed), due: Number(due) };
}
