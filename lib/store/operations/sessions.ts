/** Sessions: signed-in devices, which end by logout, by expiry, or with their account. */
import { notFound } from "../../errors.ts";
import type { SessionEnd } from "../../protocol/codes.ts";
import type { ConfirmMethod } from "../../protocol/confirming.ts";
import { mayComeByItself } from "../../protocol/door_permissions.ts";
import { mayAct } from "../../protocol/permissions.ts";
import { asksSecondFactor, type WayIn } from "../../protocol/ways_in.ts";
import type { Driver } from "../driver.ts";
import type { Opened } from "../contract/sessions.ts";
import { type Input, NO_CHANGES, read, write, writeUnordered, type Written } from "./operation.ts";
import { passwordHashOf } from "./parts/passwords.ts";
import { ME_COLUMNS, type MeRow, toMe } from "./parts/rows.ts";
import { ownerOfIdentity } from "./parts/identities.ts";
import { keepPendingSignIn, secondFactorsOf } from "./parts/factors.ts";
import { type EndedRow, insertSession, MOST_SESSIONS, rememberEnds } from "./parts/session_rows.ts";
import { recordStaffSignIn } from "./parts/staff_sign_ins.ts";
import { afterSignIn } from "./parts/sign_ins.ts";
import { requireActive } from "./parts/users.ts";

interface SessionRow {
  session_id: number;
  created_at: number;
  last_seen: number;
  expires_at: number;
  way: WayIn;
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

export const openSession = write(
  async (db: Driver, input: Input<"openSession">): Promise<Written<Opened>> => {
    const { userId, session, passwordHash, ticket, now } = input;
    await db.lockUser(userId); // whoever ends all sessions just now ends this one, too
    const user = await requireActive(db, userId);
    if (passwordHash !== null && await passwordHashOf(db, userId) !== passwordHash) {
      return { result: { kind: "changed" }, changes: NO_CHANGES };
    }
    if (input.ownerOnly && mayComeByItself(user) !== "allowed") {
      return { result: { kind: "elsewhere" }, changes: NO_CHANGES };
    }
    const { upstream } = session;
    if (upstream !== undefined && await ownerOfIdentity(db, upstream) !== userId) {
      return { result: { kind: "changed" }, changes: NO_CHANGES };
    }
    if (session.confirmedBy !== undefined && !await hasSession(db, userId, session.confirmedBy)) {
      return { result: { kind: "changed" }, changes: NO_CHANGES };
    }
    const methods = asksSecondFactor(session.way) ? await secondFactorsOf(db, userId) : [];
    if (methods.length > 0) {
      await keepPendingSignIn(db, { ...ticket, userId, way: session.way, now });
      return { result: { kind: "second_factor", methods }, changes: NO_CHANGES };
    }
    const sessionId = await insertSession(db, userId, session, now);
    await recordStaffSignIn(db, user, { ...session, at: now });
    const changes = await afterSignIn(db, { id: sessionId, userId, session, now });
    return { result: { kind: "opened", user, sessionId }, changes };
  },
);

async function hasSession(db: Driver, userId: number, id: number): Promise<boolean> {
  const row = await db.get("SELECT id FROM sessions WHERE id = ? AND user_id = ?", [id, userId]);
  return row !== undefined;
}

export const confirmMethods = read(async (db: Driver, input: Input<"confirmMethods">) => {
  const { userId } = input;
  const row = await db.get<Record<ConfirmMethod, number>>(
    `SELECT
       (SELECT count(*) FROM users AS u WHERE u.id = ? AND u.password_hash <> '') AS password,
       (SELECT count(*) FROM totp AS t WHERE t.user_id = ? AND t.secret IS NOT NULL) AS code,
       (SELECT count(*) FROM passkeys AS p WHERE p.user_id = ?) AS passkey`,
    [userId, userId, userId],
  );
  const methods: ConfirmMethod[] = [];
  if (row!.password > 0) methods.push("password");
  if (row!.code > 0) methods.push("code");
  if (row!.passkey > 0) methods.push("passkey");
  return methods;
});

export const confirmSession = write(async (db: Driver, input: Input<"confirmSession">) => {
  const { userId, sessionId, now } = input;
  const confirmed = await db.run(
    `UPDATE sessions SET confirmed_at = CASE WHEN confirmed_at > ? THEN confirmed_at ELSE ? END
     WHERE id = ? AND user_id = ? AND expires_at > ?`,
    [now, now, sessionId, userId, now],
  );
  if (confirmed === 0) throw notFound("session");
  return { result: undefined, changes: NO_CHANGES };
});

export const getSession = read(async (db: Driver, input: Input<"getSession">) => {
  const row = await db.get<MeRow & SessionRow & { confirmed_at: number }>(
    `SELECT ${ME_COLUMNS}, s.id AS session_id, s.created_at, s.last_seen, s.expires_at, s.way,
       COALESCE(s.confirmed_at, s.created_at) AS confirmed_at
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
    way: row.way,
    confirmedAt: row.confirmed_at,
  };
});

export const listSessions = read(async (db: Driver, input: Input<"listSessions">) => {
  const rows = await db.all<SessionRow & { device: string; address: string }>(
    `SELECT s.id AS session_id, s.device, s.address, s.created_at, s.last_seen, s.expires_at, s.way
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
    way: row.way,
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
