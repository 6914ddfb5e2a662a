/** A new history of the database begins. */
import type { Driver } from "../../driver.ts";

/** From here on this is another history: clients drop what they know of the one before. */
export async function nameHistory(db: Driver, epoch: string): Promise<void> {
  await db.run("UPDATE meta SET value = ? WHERE key = 'epoch'", [epoch]);
}
