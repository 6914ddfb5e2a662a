/** Storing sessions, and remembering why they ended. Checks no permission. */
import type { SessionEnd } from "../../../protocol/codes.ts";
import type { Driver } from "../../driver.ts";
import type { NewSession } from "../../contract/sessions.ts";
import type { Change } from "../../store.ts";
import { NO_CHANGES } from "../operation.ts";
import { insertUpstream } from "./identities.ts";

/**
 * Per user: each login reads all of them, and a password change ends them all. No person has so
 * many devices; a program that logs in for every message does.
 */
export const MOST_SESSIONS = 500;

/** Ended per login, if an earlier version kept more. */
const ENDED_AT_ONCE = 100;

/** Adds a session, and deletes the user's expired ones. */
export async function insertSession(
  db: Driver,
  userId: number,
  session: NewSession,
  now: number,
): Promise<number> {
  await db.run("DELETE FROM sessions WHERE user_id = ? AND expires_at <= ?", [userId, now]);
  await db.run("DELETE FROM ended_sessions WHERE user_id = ? AND expires_at <= ?", [userId, now]);
  const id = await db.insert(
    `INSERT INTO sessions
       (user_id, created_at, expires_at, last_seen, device, address, way, confirmed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      userId,
      now,
      session.expiresAt,
      now,
      session.device,
      session.address,
      session.way ?? "password",
      now,
    ],
  );
  if (session.upstream !== undefined) await insertUpstream(db, userId, id, session.upstream, now);
  return id;
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

/** Ends those last seen the longest ago, beyond `MOST_SESSIONS`. */
export async function endSurplus(db: Driver, userId: number): Promise<readonly Change[]> {
  const ended = await db.all<EndedRow>(
    `DELETE FROM sessions WHERE id IN (
       SELECT s.id FROM sessions AS s WHERE s.user_id = ?
       ORDER BY s.last_seen DESC, s.id DESC LIMIT ${ENDED_AT_ONCE} OFFSET ${MOST_SESSIONS}
     ) RETURNING id, expires_at`,
    [userId],
  );
  if (ended.length === 0) return NO_CHANGES;
  await rememberEnds(db, userId, ended, "revoked");
  return [{ type: "revoked", userId, sessions: ended.map(({ id }) => id), reason: "revoked" }];
}

/** Ends every session of the user but this one; `null`: every one. */
export async function endSessionsBut(
  db: Driver,
  userId: number,
  keep: number | null,
  reason: SessionEnd,
): Promise<readonly Change[]> {
  const ended = await db.all<EndedRow>(
    "DELETE FROM sessions WHERE user_id = ? AND id <> ? RETURNING id, expires_at",
    [userId, keep ?? 0],
  );
  await rememberEnds(db, userId, ended, reason);
  // Named, and not "all": one that is opened with the new password stays.
  const sessions = ended.map(({ id }) => id);
  return sessions.length === 0 ? [] : [{ type: "revoked", userId, sessions, reason }];
}
