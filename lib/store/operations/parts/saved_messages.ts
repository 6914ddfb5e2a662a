/** What other operations need of saved messages. */
import { LIMITS } from "../../../protocol/limits.ts";
import type { Driver } from "../../driver.ts";

/** Which messages the user has saved, those of rooms they have left among them: ids alone. */
export async function savedIds(db: Driver, userId: number): Promise<number[]> {
  const rows = await db.all<{ message_id: number }>(
    `SELECT message_id FROM saved WHERE user_id = ? ORDER BY id DESC LIMIT ${LIMITS.saved}`,
    [userId],
  );
  return rows.map(({ message_id }) => message_id);
}

/** A deleted message has nothing left to come back to. */
export async function forgetSaved(db: Driver, message: number): Promise<void> {
  await db.run("DELETE FROM saved WHERE message_id = ?", [message]);
}
