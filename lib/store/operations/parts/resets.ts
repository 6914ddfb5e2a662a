/** The links that set a new password, as several operations touch them. Checks no permission. */
import type { ResetOrigin } from "../../../protocol/recovery.ts";
import type { Driver } from "../../driver.ts";

/** Links that one account may have at a time: nobody follows more, and a maker may lose one. */
const MOST_LINKS = 5;

export interface NewReset {
  userId: number;
  tokenHash: string;
  origin: ResetOrigin;
  /** The staff who made it. */
  makerId: number | null;
  expiresAt: number;
  now: number;
}

/** Keeps a link. The caller has locked the user. */
export async function insertReset(db: Driver, reset: NewReset): Promise<void> {
  const { userId, tokenHash, origin, makerId, expiresAt, now } = reset;
  await db.run("DELETE FROM resets WHERE expires_at <= ?", [now]);
  await db.run(
    `INSERT INTO resets (token_hash, user_id, origin, maker_id, created_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [tokenHash, userId, origin, makerId, now, expiresAt],
  );
  await db.run(
    `DELETE FROM resets WHERE token_hash IN (
       SELECT r.token_hash FROM resets AS r WHERE r.user_id = ?
       ORDER BY r.created_at DESC, r.token_hash LIMIT 100 OFFSET ${MOST_LINKS}
     )`,
    [userId],
  );
}

/** A password that was changed, or an account that is not what it was, is reached by no old link. */
export async function forgetResetsOf(db: Driver, userId: number): Promise<void> {
  await db.run("DELETE FROM resets WHERE user_id = ?", [userId]);
}

/** Staff who lose their role must not come back as somebody for whom they have made a link. */
export async function forgetResetsBy(db: Driver, makerId: number): Promise<void> {
  await db.run("DELETE FROM resets WHERE maker_id = ?", [makerId]);
}

/**
 * Whose role or state is another one now: a link was made for the account as it was, by somebody who
 * was what they are no more. An admin must not become the owner by a link made for a member.
 */
export async function forgetResetsAround(db: Driver, userId: number): Promise<void> {
  await forgetResetsOf(db, userId);
  await forgetResetsBy(db, userId);
}

/** A link that went to an address of before must not outlive it. */
export async function forgetMailedResets(db: Driver, userId: number): Promise<void> {
  await db.run("DELETE FROM resets WHERE user_id = ? AND origin = 'mail'", [userId]);
}
