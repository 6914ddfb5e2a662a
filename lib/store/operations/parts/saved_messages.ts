/** What other operations need from saved messages. */
import { LIMITS } from "../../../protocol/limits.ts";
import type { Driver } from "../../driver.ts";

/** The ids of the messages the user has saved, including those in rooms they have left. */
export async function savedIds(db: Driver, userId: number): Promise<number[]> {
  const rows = await db.all<{ message_id: number }>(
    `SELECT message_id FROM saved WHERE user_id = ? ORDER BY id DESC LIMIT ${LIMITS.saved}`,
    [userId],
  );
  return rows.map(({ message_id }) => message_id);
}

/** Unsaves a deleted message: there is nothing left to come back to. */
export async function forgetSaved(db: Driver, message: number): Promise<void> {
  await db.run("DELETE FROM saved WHERE message_id = ?", [message]);
}
