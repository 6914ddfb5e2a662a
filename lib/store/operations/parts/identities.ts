/** Identities at other places and the sessions that began with one. Checks no permission. */
import { ConfabError } from "../../../errors.ts";
import { CONNECTIONS } from "../../../protocol/limits.ts";
import type { Identity, IdentityName, Upstream } from "../../contract/oidc.ts";
import type { Driver } from "../../driver.ts";

/** Adds one that is nobody's: `conflict` where it is, or they have too many. */
export async function insertIdentity(
  db: Driver,
  userId: number,
  { issuer, subject, provider, label }: Identity,
  now: number,
): Promise<void> {
  const { count } = (await db.get<{ count: number }>(
    "SELECT count(*) AS count FROM identities WHERE user_id = ?",
    [userId],
  ))!;
  if (count >= CONNECTIONS) {
    throw new ConfabError("conflict", "There are too many linked accounts: remove one first.");
  }
  const added = await db.get<{ id: number }>(
    `INSERT INTO identities (user_id, issuer, subject, provider, label, created_at)
     VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (issuer, subject) DO NOTHING RETURNING id`,
    [userId, issuer, subject, provider, label, now],
  );
  if (added === undefined) {
    throw new ConfabError("conflict", "This account is linked to somebody else here.");
  }
}

/** Whose it is. */
export async function ownerOfIdentity(
  db: Driver,
  { issuer, subject }: IdentityName,
): Promise<number | null> {
  const row = await db.get<{ user_id: number }>(
    "SELECT i.user_id FROM identities AS i WHERE i.issuer = ? AND i.subject = ?",
    [issuer, subject],
  );
  return row?.user_id ?? null;
}

/** Notes what a new session began with, and that the identity was used. */
export async function insertUpstream(
  db: Driver,
  userId: number,
  sessionId: number,
  { issuer, subject, provider, session, idToken }: Upstream,
  now: number,
): Promise<void> {
  await db.run(
    `INSERT INTO upstream_sessions
       (session_id, user_id, issuer, subject, provider, upstream, id_token)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [sessionId, userId, issuer, subject, provider, session, idToken],
  );
  await db.run(
    "UPDATE identities SET last_used = ? WHERE issuer = ? AND subject = ? AND user_id = ?",
    [now, issuer, subject, userId],
  );
}
