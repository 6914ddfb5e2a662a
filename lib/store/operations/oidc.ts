/** Identities that somebody else vouches for, and the sessions that began with one. */
import { ConfabError, notFound } from "../../errors.ts";
import type { LinkedAccount } from "../../protocol/oidc.ts";
import { mayComeByItself, mayFollowProvider } from "../../protocol/door_permissions.ts";
import type { Driver } from "../driver.ts";
import type { Change } from "../store.ts";
import { type Input, NO_CHANGES, read, write } from "./operation.ts";
import { changeAccount } from "./parts/account_changes.ts";
import { bySelf, recordAudit } from "./parts/audit.ts";
import { insertIdentity, ownerOfIdentity } from "./parts/identities.ts";
import { toUser, USER_COLUMNS, type UserRow } from "./parts/rows.ts";
import { type EndedRow, rememberEnds } from "./parts/session_rows.ts";
import { spend } from "./parts/spent_once.ts";
import { requireActive, requireUser } from "./parts/users.ts";

interface ConnectionRow {
  id: number;
  provider: string;
  label: string;
  created_at: number;
  last_used: number | null;
}

export const userOfIdentity = read(async (db: Driver, input: Input<"userOfIdentity">) => {
  const row = await db.get<UserRow>(
    `SELECT ${USER_COLUMNS} FROM identities AS i JOIN users AS u ON u.id = i.user_id
     WHERE i.issuer = ? AND i.subject = ?`,
    [input.issuer, input.subject],
  );
  return row === undefined ? null : toUser(row);
});

export const linkIdentity = write(async (db: Driver, input: Input<"linkIdentity">) => {
  const { userId, identity, by, address, now } = input;
  await db.lockUser(userId);
  await requireActive(db, userId);
  if (await ownerOfIdentity(db, identity) === userId) {
    await db.run(
      "UPDATE identities SET label = ?, provider = ? WHERE issuer = ? AND subject = ?",
      [identity.label, identity.provider, identity.issuer, identity.subject],
    );
    return { result: undefined, changes: NO_CHANGES };
  }
  await insertIdentity(db, userId, identity, now);
  await recordAudit(db, {
    actor: by === "user" ? { id: userId } : "program",
    action: "connection.added",
    target: { user: userId },
    detail: { provider: identity.provider },
    address,
    at: now,
  });
  return { result: undefined, changes: NO_CHANGES };
});

export const listConnections = read(
  async (db: Driver, input: Input<"listConnections">): Promise<LinkedAccount[]> => {
    await requireActive(db, input.userId);
    const rows = await db.all<ConnectionRow>(
      `SELECT i.id, i.provider, i.label, i.created_at, i.last_used FROM identities AS i
       WHERE i.user_id = ? ORDER BY i.id`,
      [input.userId],
    );
    return rows.map(({ created_at, last_used, ...row }) => ({
      ...row,
      createdAt: created_at,
      lastUsed: last_used,
    }));
  },
);

export const removeConnection = write(async (db: Driver, input: Input<"removeConnection">) => {
  const { userId, connection, ownerOnly, address, now } = input;
  await db.lockUser(userId);
  const user = await requireActive(db, userId);
  const removed = await db.get<{ issuer: string; subject: string; provider: string }>(
    "DELETE FROM identities WHERE id = ? AND user_id = ? RETURNING issuer, subject, provider",
    [connection, userId],
  );
  if (removed === undefined) throw notFound("linked account");
  const passwordOpens = !ownerOnly || mayComeByItself(user) === "allowed";
  if (!await hasWayIn(db, userId, passwordOpens)) {
    const instead = passwordOpens ? "set a password first, or link" : "link";
    const message = `This is your only way in: ${instead} another account.`;
    throw new ConfabError("conflict", message);
  }
  await recordAudit(db, {
    ...bySelf(userId),
    action: "connection.removed",
    detail: { provider: removed.provider },
    address,
    at: now,
  });
  const sessions = await db.all<SessionOfUser>(
    `SELECT o.session_id, o.user_id FROM upstream_sessions AS o
     WHERE o.issuer = ? AND o.subject = ? AND o.user_id = ?`,
    [removed.issuer, removed.subject, userId],
  );
  return { result: undefined, changes: await endSessions(db, sessions) };
});

/** A password, where it lets them in, or an account elsewhere. */
async function hasWayIn(db: Driver, userId: number, passwordOpens: boolean): Promise<boolean> {
  const password = passwordOpens ? "u.password_hash <> '' OR" : "";
  return await db.get(
    `SELECT u.id FROM users AS u WHERE u.id = ? AND (${password} EXISTS (
       SELECT 1 FROM identities AS i WHERE i.user_id = u.id
     ))`,
    [userId],
  ) !== undefined;
}

export const followRole = write(async (db: Driver, input: Input<"followRole">) => {
  const { userId, role, address, now } = input;
  await db.lockUser(userId);
  const before = await requireUser(db, userId);
  if (mayFollowProvider(before) !== "allowed") return { result: before, changes: NO_CHANGES };
  return await changeAccount(db, before, { role }, { actor: "program", address, at: now });
});

export const upstreamOf = read(async (db: Driver, input: Input<"upstreamOf">) => {
  const row = await db.get<{
    issuer: string;
    subject: string;
    provider: string;
    upstream: string | null;
    id_token: string | null;
  }>(
    `SELECT o.issuer, o.subject, o.provider, o.upstream, o.id_token FROM upstream_sessions AS o
     WHERE o.session_id = ? AND o.user_id = ?`,
    [input.sessionId, input.userId],
  );
  if (row === undefined) return null;
  const { upstream: session, id_token: idToken, ...rest } = row;
  return { ...rest, session, idToken };
});

interface SessionOfUser {
  session_id: number;
  user_id: number;
}

/** A session's name counts where there is one: then their other sessions go on. */
export const endUpstream = write(async (db: Driver, input: Input<"endUpstream">) => {
  const { issuer, subject, session } = input;
  const sessions = await db.all<SessionOfUser>(
    session === null
      ? `SELECT o.session_id, o.user_id FROM upstream_sessions AS o
         WHERE o.issuer = ? AND o.subject = ? ORDER BY o.session_id`
      : `SELECT o.session_id, o.user_id FROM upstream_sessions AS o
         WHERE o.issuer = ? AND o.upstream = ? ORDER BY o.session_id`,
    [issuer, session ?? subject],
  );
  return { result: sessions.length, changes: await endSessions(db, sessions) };
});

async function endSessions(db: Driver, sessions: readonly SessionOfUser[]): Promise<Change[]> {
  const changes: Change[] = [];
  const byUser = Map.groupBy(sessions, ({ user_id }) => user_id);
  for (const userId of [...byUser.keys()].sort((a, b) => a - b)) {
    await db.lockUser(userId);
    const ended: EndedRow[] = [];
    for (const { session_id } of byUser.get(userId)!) {
      const row = await db.get<EndedRow>(
        "DELETE FROM sessions WHERE id = ? AND user_id = ? RETURNING id, expires_at",
        [session_id, userId],
      );
      if (row !== undefined) ended.push(row);
    }
    await rememberEnds(db, userId, ended, "revoked");
    const ids = ended.map(({ id }) => id);
    if (ids.length > 0) changes.push({ type: "revoked", userId, sessions: ids, reason: "revoked" });
  }
  return changes;
}

export const spendOnce = write(async (db: Driver, input: Input<"spendOnce">) => ({
  result: await spend(db, input),
  changes: NO_CHANGES,
}));
