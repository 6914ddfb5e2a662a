/** Storing sessions, and remembering why they ended. Checks no permission. */
import type { SessionEnd } from "../../../protocol/codes.ts";
import type { Driver } from "../../driver.ts";
import type { NewSession } from "../../contract/sessions.ts";

/** Adds a session, and deletes the user's expired ones. */
export async function insertSession(
  db: Driver,
  userId: number,
  session: NewSession,
  now: number,
): Promise<number> {
  await db.run("DELETE FROM sessions WHERE user_id = ? AND expires_at <= ?", [userId, now]);
  await db.run("DELETE FROM ended_sessions WHERE user_id = ? AND expires_at <= ?", [userId, now]);
  return await db.insert(
    `INSERT INTO sessions (user_id, created_at, expires_at, last_seen, device, address)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [userId, now, session.expiresAt, now, session.device, session.address],
  );
}

/** A session that was deleted just now. */
export interface EndedRow {
  id: number;
  expires_at: number;
}

/** Remembers why sessions ended, until their tokens would have expired. */
export async function rememberEnds(
  db: Driver,
  userId: number,
  ended: readonly EndedRow[],
  reason: SessionEnd,
): Promise<void> {
  for (const { id, expires_at } of ended) {
    await db.run(
      "INSERT INTO ended_sessions (id, user_id, expires_at, reason) VALUES (?, ?, ?, ?)",
      [id, userId, expires_at, reason],
    );
  }
}
