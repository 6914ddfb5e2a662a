/** Whether somebody has drafts, for what a connection begins with. */
import type { Driver } from "../../driver.ts";

export async function hasDrafts(db: Driver, userId: number): Promise<boolean> {
  return await db.get("SELECT room_id FROM drafts WHERE user_id = ? LIMIT 1", [userId]) !==
    undefined;
}
