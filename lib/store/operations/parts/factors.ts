/**
 * Which second factors an account has, and the sign-ins that wait for one. Checks no permission. A
 * new kind of factor is a line in `secondFactorsOf`.
 */
import type { SecondFactor, WayIn } from "../../../protocol/ways_in.ts";
import type { Driver } from "../../driver.ts";
import type { Change } from "../../store.ts";
import { type Act, recordAudit } from "./audit.ts";
import { requireMe } from "./users.ts";

/** Of one account, waiting at once; a new one ends the oldest. */
const MOST_PENDING = 20;

/** What may be asked of this account; nothing where it has no second factor. */
export async function secondFactorsOf(db: Driver, userId: number): Promise<SecondFactor[]> {
  const row = await db.get<FactorCounts>(
    `SELECT
       (SELECT count(*) FROM totp WHERE user_id = ? AND secret IS NOT NULL) AS totp,
       (SELECT count(*) FROM passkeys WHERE user_id = ?) AS passkeys,
       (SELECT count(*) FROM passkeys WHERE user_id = ? AND after_password = 1) AS asked,
       (SELECT count(*) FROM recovery_codes WHERE user_id = ?) AS recovery`,
    [userId, userId, userId, userId],
  );
  const { totp, passkeys, asked, recovery } = row!;
  // Their owner may want passkeys for signing in alone; beside an app they may stand in for it.
  if (totp === 0 && asked === 0) return [];
  const factors: SecondFactor[] = [];
  if (totp > 0) factors.push("totp");
  if (passkeys > 0) factors.push("passkey");
  // Recovery codes stand in for a factor; alone they are none.
  if (recovery > 0) factors.push("recovery");
  return factors;
}

interface FactorCounts {
  totp: number;
  passkeys: number;
  /** Those that are asked for after the password. */
  asked: number;
  recovery: number;
}

export async function keepPendingSignIn(
  db: Driver,
  pending: { hash: string; userId: number; way: WayIn; expiresAt: number; now: number },
): Promise<void> {
  const { hash, userId, way, expiresAt, now } = pending;
  await db.run("DELETE FROM pending_sign_ins WHERE user_id = ? AND expires_at <= ?", [userId, now]);
  await db.run(
    `DELETE FROM pending_sign_ins WHERE hash IN (
       SELECT hash FROM pending_sign_ins WHERE user_id = ?
       ORDER BY expires_at DESC LIMIT 100 OFFSET ${MOST_PENDING - 1}
     )`,
    [userId],
  );
  await db.run(
    "INSERT INTO pending_sign_ins (hash, user_id, way, expires_at) VALUES (?, ?, ?, ?)",
    [hash, userId, way, expiresAt],
  );
}

/** For whatever takes away the first proof: a new password, a disabled account. */
export async function dropPendingSignIns(db: Driver, userId: number): Promise<void> {
  await db.run("DELETE FROM pending_sign_ins WHERE user_id = ?", [userId]);
}

/**
 * Takes all that an account has, for somebody who has lost theirs. Whether there was one. A new kind
 * of factor is a statement here.
 */
export async function dropFactors(
  db: Driver,
  userId: number,
  by: Pick<Act<"user.factors">, "actor" | "address" | "at">,
): Promise<boolean> {
  const factors = await secondFactorsOf(db, userId);
  await db.run("DELETE FROM totp WHERE user_id = ?", [userId]);
  // Also those that are for signing in alone: whoever found the device must not come in by them.
  const passkeys = await db.run("DELETE FROM passkeys WHERE user_id = ?", [userId]);
  await dropRecoveryCodes(db, userId);
  if (factors.length === 0 && passkeys === 0) return false;
  await recordAudit(db, { ...by, action: "user.factors", target: { user: userId }, detail: {} });
  return true;
}

/** Of a factor taken away, for nodes where a socket is open: it may have been the last one. */
export async function factorChange(db: Driver, userId: number): Promise<Change[]> {
  return [{ type: "settings", userId, user: await requireMe(db, userId) }];
}

export async function dropRecoveryCodes(db: Driver, userId: number): Promise<void> {
  await db.run("DELETE FROM recovery_codes WHERE user_id = ?", [userId]);
}
