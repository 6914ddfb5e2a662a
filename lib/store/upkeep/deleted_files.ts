/**
 * Files of messages that were deleted a moment ago. A copy of a chat does not take along the way back
 * for them (`NOT_COPIED`), and so nothing would ever give up their files: they go with the copying.
 */
import type { Driver } from "../driver.ts";
import { giveUp } from "../operations/parts/files.ts";

/** Messages that are deleted for good, with files that are still theirs. */
const LEFT = `SELECT DISTINCT f.message_id AS message FROM files AS f
  JOIN messages AS m ON m.id = f.message_id
  WHERE m.deleted_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM deleted_messages AS d WHERE d.message_id = m.id)
  ORDER BY f.message_id`;

export async function giveUpDeletedFiles(db: Driver): Promise<void> {
  for (const { message } of await db.all<{ message: number }>(LEFT, [])) {
    await giveUp(db, "message_id = ?", message);
  }
}
