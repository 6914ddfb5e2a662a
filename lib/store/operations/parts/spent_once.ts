/** What works once, a state or a challenge, by its hash until it would have expired. */
import type { Driver } from "../../driver.ts";

/** Taken away at a time: the table stays as short as what is still to be remembered. */
const FORGOTTEN_AT_ONCE = 20;

/** Whether it was not spent before; it is now. Forgets some of what has expired. */
export async function spend(
  db: Driver,
  { hash, expiresAt, now }: { hash: string; expiresAt: number; now: number },
): Promise<boolean> {
  await db.run(
    `DELETE FROM spent_once WHERE hash IN (
       SELECT s.hash FROM spent_once AS s WHERE s.expires_at <= ?
       ORDER BY s.expires_at LIMIT ${FORGOTTEN_AT_ONCE}
     )`,
    [now],
  );
  const added = await db.get<{ hash: string }>(
    `INSERT INTO spent_once (hash, expires_at) VALUES (?, ?)
     ON CONFLICT (hash) DO NOTHING RETURNING hash`,
    [hash, expiresAt],
  );
  return added !== undefined;
}
