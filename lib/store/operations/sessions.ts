/** Sessions: signed-in devices, which end by logout, by expiry, or with their account. */
import { notFound } from "../../errors.ts";
import type { SessionEnd } from "../../protocol/codes.ts";
import { mayAct } from "../../protocol/permissions.ts";
import type { Driver } from "../driver.ts";
import type { Change } from "../store.ts";
import { type Input, NO_CHANGES, read, write, writeUnordered } from "./operation.ts";
import { ME_COLUMNS, type MeRow, toMe } from "./parts/rows.ts";
import { type EndedRow, insertSession, rememberEnds } from "./parts/session_rows.ts";
import { requireActive } from "./parts/users.ts";

/**
 * Per user: each login reads all of them, and a password change ends them all. No person has so
 * many devices; a program that logs in for every message does.
 */
const MOST_SESSIONS = 500;

/** Ended per login, if an earlier version kept more. */
const ENDED_AT_ONCE = 100;

interface SessionRow {
  session_id: number;
  created_at: number;
  last_seen: number;
  expires_at: number;
}

export const endedSession = read(async (db: Driver, input: Input<"endedSession">) => {
  const row = await db.get<MeRow & { reason: SessionEnd | null }>(
    `SELECT ${ME_COLUMNS}, e.reason FROM users AS u
     LEFT JOIN ended_sessions AS e ON e.id = ? AND e.user_id = u.id AND e.expires_at = ?
     WHERE u.id = ?`,
    [input.id, input.expiresAt, input.userId],
  );
  return row === undefined ? null : { user: toMe(row), reason: row.reason };
});

export const createSession = write(async (db: Driver, input: Input<"createSession">) => {
  await db.lockUser(input.userId); // whoever ends all sessions just now ends this one, too
  await requireActive(db, input.userId);
  const id = await insertSession(db, input.userId, input.session, input.now);
  return { result: id, changes: await endSurplus(db, input.userId) };
});

/** Ends those last seen the longest ago. */
async function endSurplus(db: Driver, userId: number): Promise<readonly Change[]> {
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

export const getSession = read(async (db: Driver, input: Input<"getSession">) => {
  const row = await db.get<MeRow & SessionRow>(
    `SELECT ${ME_COLUMNS}, s.id AS session_id, s.created_at, s.last_seen, s.expires_at
     FROM sessions AS s JOIN users AS u ON u.id = s.user_id
     WHERE s.id = ? AND s.expires_at > ?`,
    [input.id, input.now],
  );
  if (row === undefined) return null;
  const user = toMe(row);
  if (mayAct(user) !== "allowed") return null;
  return {
    id: row.session_id,
    user,
    createdAt: row.created_at,
    lastSeen: row.last_seen,
    expiresAt: row.expires_at,
  };
});

export const listSessions = read(async (db: Driver, input: Input<"listSessions">) => {
  const rows = await db.all<SessionRow & { device: string; address: string }>(
    `SELECT s.id AS session_id, s.device, s.address, s.created_at, s.last_seen, s.expires_at
     FROM sessions AS s WHERE s.user_id = ? AND s.expires_at > ?
     ORDER BY s.last_seen DESC, s.id DESC LIMIT ${MOST_SESSIONS}`,
    [input.userId, input.now],
  );
  return rows.map((row) => ({
    id: row.session_id,
    device: row.device,
    address: row.address,
    createdAt: row.created_at,
    lastSeen: row.last_seen,
    expiresAt: row.expires_at,
  }));
});

export const touchSessions = writeUnordered(
  async (db: Driver, input: Input<"touchSessions">) => {
    // In one order on every node: rows locked crosswise would be a deadlock.
    for (const { id, at, address } of input.seen.toSorted((a, b) => a.id - b.id)) {
      await db.run(
        "UPDATE sessions SET last_seen = ?, address = ? WHERE id = ? AND last_seen <= ?",
        [at, address, id, at],
      );
    }
    return { result: undefined, changes: NO_CHANGES };
  },
);

export const revokeSession = write(async (db: Driver, input: Input<"revokeSession">) => {
  const { userId, sessionId, reason } = input;
  const ended = await db.get<EndedRow>(
    `DELETE FROM sessions WHERE id = ? AND user_id = ? AND expires_at > ?
     RETURNING id, expires_at`,
    [sessionId, userId, input.now],
  );
  if (ended === undefined) throw notFound("session");
  await rememberEnds(db, userId, [ended], reason);
  return {
    result: undefined,
    changes: [{ type: "revoked", userId, sessions: [sessionId], reason }],
  };
});
