/** When the chat was last copied away, for staff to see. */
import type { Driver } from "../driver.ts";

export async function noteBackup(db: Driver, at: number): Promise<void> {
  await db.run(
    `INSERT INTO meta (key, value) VALUES ('backed_up_at', ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [String(at)],
  );
}
