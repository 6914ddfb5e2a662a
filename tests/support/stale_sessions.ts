/** Sessions whose holders have not shown for long who they are, without waiting for that long. */
import { DatabaseSync } from "node:sqlite";

/** Of everybody in the database of a program with SQLite; of one session if its id is given. */
export function forgetProofs({ dataDir }: { dataDir: string }, sessionId?: number): void {
  using database = new DatabaseSync(`${dataDir}/chat.db`, { timeout: 5_000 });
  database.prepare("UPDATE sessions SET confirmed_at = 1 WHERE id = ? OR ? IS NULL")
    .run(sessionId ?? null, sessionId ?? null);
}
