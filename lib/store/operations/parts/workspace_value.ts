/** What staff have set for the workspace, read inside the transaction that goes by it. */
import type { Driver } from "../../driver.ts";

/** Undefined where it is not set. What another version wrote may be anything. */
export async function workspaceValue(db: Driver, key: string): Promise<unknown> {
  const row = await db.get<{ value: string }>("SELECT value FROM workspace WHERE key = ?", [key]);
  return row === undefined ? undefined : JSON.parse(row.value);
}
