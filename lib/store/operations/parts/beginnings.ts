/**
 * What a start asks of the database before it listens. It imports no other part, since each start
 * would load it.
 */
import type { Driver } from "../../driver.ts";

/** Accounts are never removed. */
export async function anyAccount(db: Driver): Promise<boolean> {
  return await db.get("SELECT id FROM users LIMIT 1", []) !== undefined;
}

/** The name of its history, or its own. */
export async function storedName(db: Driver, key: "epoch" | "instance"): Promise<string> {
  const row = await db.get<{ value: string }>("SELECT value FROM meta WHERE key = ?", [key]);
  if (row === undefined) throw new Error(`The database has no ${key}: it was not migrated.`);
  return row.value;
}

/** What staff have set. */
export async function setForWorkspace(db: Driver): Promise<Record<string, unknown>> {
  const rows = await db.all<{ key: string; value: string }>(
    "SELECT key, value FROM workspace ORDER BY key",
    [],
  );
  return Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value)]));
}
