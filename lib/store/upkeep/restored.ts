/**
 * What a backup brings back that is over: letters that were sent since, links that were used since,
 * and people who were erased since. Knows no command.
 */
import type { Driver } from "../driver.ts";
import type { UpkeepDatabase } from "./database.ts";

/**
 * Whatever works once may have worked after the backup was made, and must not work again: who wants
 * such a letter or link asks for another one.
 */
const ONCE = [
  "letters",
  "resets",
  "email_proofs",
  "phone_links",
  "pending_sign_ins",
] as const;

/** Called in the transaction that puts the backup in its place. */
export async function forgetWhatIsOver(db: Driver): Promise<void> {
  for (const table of ONCE) await db.run(`DELETE FROM ${table}`, []);
}

/** Who was erased in the chat that a backup takes the place of. */
export interface Erased {
  /** Ids name the same people only in the same chat. */
  instance: string | null;
  ids: readonly number[];
}

export const NOBODY: Erased = { instance: null, ids: [] };

export async function erasedIn(database: UpkeepDatabase, db: Driver): Promise<Erased> {
  // An older schema knows of none.
  if (!(await database.columnsOf("users")).includes("erased_at")) return NOBODY;
  const rows = await db.all<{ id: number }>(
    "SELECT id FROM users WHERE erased_at IS NOT NULL ORDER BY id",
    [],
  );
  return { instance: await instanceOf(db), ids: rows.map(({ id }) => id) };
}

/** The usernames of those whom the backup has brought back. */
export async function broughtBack(db: Driver, { instance, ids }: Erased): Promise<string[]> {
  if (ids.length === 0 || instance === null || await instanceOf(db) !== instance) return [];
  const names: string[] = [];
  for (const id of ids) {
    const row = await db.get<{ username: string }>(
      "SELECT username FROM users WHERE id = ? AND erased_at IS NULL",
      [id],
    );
    if (row !== undefined) names.push(row.username);
  }
  return names;
}

async function instanceOf(db: Driver): Promise<string | null> {
  const row = await db.get<{ value: string }>("SELECT value FROM meta WHERE key = 'instance'", []);
  return row?.value ?? null;
}
