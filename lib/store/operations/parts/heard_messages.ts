/** What other operations need from what was heard. */
import type { Driver } from "../../driver.ts";

/** Of a deleted message: there is nothing left to hear. */
export async function forgetHeard(db: Driver, message: number): Promise<void> {
  await db.run("DELETE FROM heard WHERE message_id = ?", [message]);
}
