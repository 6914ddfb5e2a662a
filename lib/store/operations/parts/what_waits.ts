/**
 * What waits for somebody who comes, beside their rooms. Nearly everybody has little of it, so the
 * row of the user says which kinds there are, and only those are read. Asks no permission.
 */
import type { Snapshot } from "../../contract/sync.ts";
import type { Driver } from "../../driver.ts";
import { freshThreads } from "./fresh_threads.ts";
import { countLater } from "./later.ts";
import { countHidden } from "./room_list.ts";
import { savedIds } from "./saved_messages.ts";
import { HIDDEN } from "./showing.ts";

/** `users AS u`. */
export const WAITING_COLUMNS = `
  ${thereAre(`members AS m WHERE m.user_id = u.id AND m.hidden = ${HIDDEN}`)} AS has_hidden,
  ${thereAre("saved AS kept WHERE kept.user_id = u.id")} AS has_saved,
  ${thereAre("scheduled AS later WHERE later.user_id = u.id")} AS has_scheduled,
  ${thereAre("reminders AS n WHERE n.user_id = u.id")} AS has_reminders,
  ${thereAre("thread_marks AS mark WHERE mark.user_id = u.id AND mark.fresh = 1")} AS has_threads,
  ${thereAre("drafts AS d WHERE d.user_id = u.id")} AS has_drafts,
  (SELECT count(*) FROM sign_ins AS i WHERE i.user_id = u.id AND i.seen = 0) AS sign_ins,
  (SELECT emoji.revision FROM custom_emoji_revision AS emoji WHERE emoji.id = 1) AS emoji`;

function thereAre(rows: string): string {
  return `CASE WHEN EXISTS (SELECT 1 FROM ${rows}) THEN 1 ELSE 0 END`;
}

/** Those that begin with `has`: 1 or 0. */
export interface WaitingRow {
  has_hidden: number;
  has_saved: number;
  has_scheduled: number;
  has_reminders: number;
  has_threads: number;
  has_drafts: number;
  sign_ins: number;
  emoji: number | null;
}

type Waiting = Pick<
  Snapshot,
  "hidden" | "saved" | "later" | "threads" | "signIns" | "drafts" | "emoji"
>;

/** @param row of this user, read in the same view */
export async function whatWaits(db: Driver, userId: number, row: WaitingRow): Promise<Waiting> {
  return {
    hidden: row.has_hidden === 0 ? { rooms: 0, unread: false } : await countHidden(db, userId),
    saved: row.has_saved === 0 ? [] : await savedIds(db, userId),
    later: row.has_scheduled + row.has_reminders === 0
      ? { scheduled: 0, failed: 0, due: 0 }
      : await countLater(db, userId),
    threads: row.has_threads === 0 ? [] : await freshThreads(db, userId),
    signIns: row.sign_ins,
    drafts: row.has_drafts === 1,
    emoji: row.emoji ?? 0,
  };
}
