/** What people say of themselves for a while, and when it ends. */
import type { Driver } from "../driver.ts";
import type { Change } from "../store.ts";
import { type Input, read, write } from "./operation.ts";
import { requireUser } from "./parts/users.ts";

/** In one transaction: each is a user that everybody is told of. */
const AT_ONCE = 100;

export const nextStatusEnd = read(async (db: Driver, _input: undefined) => {
  const row = await db.get<{ next: number | null }>(
    "SELECT min(status_until) AS next FROM users WHERE status_until IS NOT NULL",
    [],
  );
  return row?.next ?? null;
});

export const endStatuses = write(async (db: Driver, { now }: Input<"endStatuses">) => {
  const due = await db.all<{ id: number }>(
    `SELECT id FROM users WHERE status_until <= ? ORDER BY status_until LIMIT ${AT_ONCE}`,
    [now],
  );
  const changes: Change[] = [];
  for (const { id } of due) {
    // Another one may have been set since, and another node may have been faster.
    const ended = await db.run(
      `UPDATE users SET status_emoji = NULL, status_text = NULL, status_until = NULL
       WHERE id = ? AND status_until <= ?`,
      [id, now],
    );
    if (ended > 0) changes.push({ type: "user", user: await requireUser(db, id) });
  }
  return { result: undefined, changes };
});
