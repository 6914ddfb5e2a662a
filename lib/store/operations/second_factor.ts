/** The second factor: what an account has of it, and sign-ins that wait for it. */
import type { WayIn } from "../../protocol/ways_in.ts";
import type { FactorProof, PendingSignIn } from "../contract/second_factor.ts";
import type { Driver } from "../driver.ts";
import { type Input, NO_CHANGES, read, write, type Written } from "./operation.ts";
import { bySelf, recordAudit } from "./parts/audit.ts";
import { requireChangeable } from "./parts/changing_accounts.ts";
import { dropFactors, dropRecoveryCodes, factorChange, secondFactorsOf } from "./parts/factors.ts";
import { insertSession } from "./parts/session_rows.ts";
import { recordStaffSignIn } from "./parts/staff_sign_ins.ts";
import { afterSignIn } from "./parts/sign_ins.ts";
import { requireActive, requireUser } from "./parts/users.ts";

export const secondFactors = read((db: Driver, { userId }: Input<"secondFactors">) =>
  secondFactorsOf(db, userId)
);

export const factorState = read(async (db: Driver, { userId }: Input<"factorState">) => {
  const row = await db.get<{ since: number | null; codes: number }>(
    `SELECT
       (SELECT t.since FROM totp AS t WHERE t.user_id = ? AND t.secret IS NOT NULL) AS since,
       (SELECT count(*) FROM recovery_codes WHERE user_id = ?) AS codes`,
    [userId, userId],
  );
  return { totpSince: row!.since, recoveryCodes: row!.codes };
});

export const beginTotp = write(async (db: Driver, input: Input<"beginTotp">) => {
  const { userId, secret, until } = input;
  await requireActive(db, userId);
  await db.run(
    `INSERT INTO totp (user_id, next_secret, next_until) VALUES (?, ?, ?)
     ON CONFLICT (user_id) DO UPDATE SET next_secret = excluded.next_secret,
       next_until = excluded.next_until`,
    [userId, secret, until],
  );
  return { result: undefined, changes: NO_CHANGES };
});

export const nextTotp = read(async (db: Driver, input: Input<"nextTotp">) => {
  const row = await db.get<{ next_secret: string }>(
    `SELECT t.next_secret FROM totp AS t
     WHERE t.user_id = ? AND t.next_until > ? AND t.next_secret IS NOT NULL`,
    [input.userId, input.now],
  );
  return row?.next_secret ?? null;
});

export const confirmTotp = write(
  async (
    db: Driver,
    input: Input<"confirmTotp">,
  ): Promise<Written<{ keptCodes: boolean } | null>> => {
    const { userId, secret, step, recoveryHashes, address, now } = input;
    await db.lockUser(userId);
    await requireActive(db, userId);
    const rows = await db.run(
      `UPDATE totp SET secret = next_secret, last_step = ?, since = ?, next_secret = NULL
       WHERE user_id = ? AND next_secret = ? AND next_until > ?`,
      [step, now, userId, secret, now],
    );
    if (rows === 0) return { result: null, changes: NO_CHANGES };
    const keptCodes = !await hasRecoveryCodes(db, userId);
    if (keptCodes) await keepRecoveryCodes(db, userId, recoveryHashes);
    const detail = { kind: "totp" } as const;
    await recordAudit(db, { ...bySelf(userId), action: "factor.on", detail, address, at: now });
    return { result: { keptCodes }, changes: NO_CHANGES };
  },
);

export const removeTotp = write(async (db: Driver, input: Input<"removeTotp">) => {
  const { userId, address, now } = input;
  await db.lockUser(userId);
  await requireActive(db, userId);
  const rows = await db.run("DELETE FROM totp WHERE user_id = ? AND secret IS NOT NULL", [userId]);
  if (rows === 0) return { result: undefined, changes: NO_CHANGES };
  if ((await secondFactorsOf(db, userId)).length === 0) await dropRecoveryCodes(db, userId);
  const detail = { kind: "totp" } as const;
  await recordAudit(db, { ...bySelf(userId), action: "factor.off", detail, address, at: now });
  return { result: undefined, changes: await factorChange(db, userId) };
});

export const replaceRecoveryCodes = write(
  async (db: Driver, input: Input<"replaceRecoveryCodes">) => {
    const { userId, hashes, address, now } = input;
    await db.lockUser(userId);
    await requireActive(db, userId);
    const found = (await secondFactorsOf(db, userId)).length > 0;
    if (!found) return { result: false, changes: NO_CHANGES };
    await dropRecoveryCodes(db, userId);
    await keepRecoveryCodes(db, userId, hashes);
    await recordAudit(db, {
      ...bySelf(userId),
      action: "factor.codes",
      detail: {},
      address,
      at: now,
    });
    return { result: true, changes: NO_CHANGES };
  },
);

export const removeFactors = write(async (db: Driver, input: Input<"removeFactors">) => {
  const { actor, user } = await requireChangeable(db, input);
  await dropFactors(db, user.id, { actor, address: input.address, at: input.now });
  return { result: undefined, changes: await factorChange(db, user.id) };
});

async function hasRecoveryCodes(db: Driver, userId: number): Promise<boolean> {
  const row = await db.get("SELECT hash FROM recovery_codes WHERE user_id = ? LIMIT 1", [userId]);
  return row !== undefined;
}

async function keepRecoveryCodes(
  db: Driver,
  userId: number,
  hashes: readonly string[],
): Promise<void> {
  for (const hash of hashes) {
    await db.run("INSERT INTO recovery_codes (user_id, hash) VALUES (?, ?)", [userId, hash]);
  }
}

export const totpSecret = read((db: Driver, { userId }: Input<"totpSecret">) => totpOf(db, userId));

async function totpOf(db: Driver, userId: number): Promise<PendingSignIn["totp"]> {
  const row = await db.get<{ secret: string; last_step: number }>(
    "SELECT t.secret, t.last_step FROM totp AS t WHERE t.user_id = ? AND t.secret IS NOT NULL",
    [userId],
  );
  return row === undefined ? null : { secret: row.secret, lastStep: row.last_step };
}

export const spendFactor = write(async (db: Driver, input: Input<"spendFactor">) => {
  await db.lockUser(input.userId);
  return { result: await spend(db, input.userId, input.proof), changes: NO_CHANGES };
});

/** Of one ticket: a code has six digits. */
const TRIES = 5;

interface PendingRow {
  user_id: number;
  way: WayIn;
}

export const pendingSignIn = read(async (db: Driver, input: Input<"pendingSignIn">) =>
  await described(
    db,
    await db.get<PendingRow>(
      `SELECT p.user_id, p.way FROM pending_sign_ins AS p
       WHERE p.hash = ? AND p.expires_at > ? AND p.tries < ${TRIES}`,
      [input.hash, input.now],
    ),
  )
);

export const tryPendingSignIn = write(async (db: Driver, input: Input<"tryPendingSignIn">) => {
  // Counted before the code is compared: a thousand guesses at once are a thousand tries.
  const row = await db.get<PendingRow>(
    `UPDATE pending_sign_ins SET tries = tries + 1
     WHERE hash = ? AND expires_at > ? AND tries < ${TRIES} RETURNING user_id, way`,
    [input.hash, input.now],
  );
  return { result: await described(db, row), changes: NO_CHANGES };
});

async function described(db: Driver, row: PendingRow | undefined): Promise<PendingSignIn | null> {
  if (row === undefined) return null;
  const userId = row.user_id;
  const { username } = await requireUser(db, userId);
  return {
    userId,
    username,
    way: row.way,
    methods: await secondFactorsOf(db, userId),
    totp: await totpOf(db, userId),
  };
}

export const finishSignIn = write(async (db: Driver, input: Input<"finishSignIn">) => {
  const { hash, proof, session, now } = input;
  const found = await pendingRow(db, hash, now);
  if (found === undefined) return { result: null, changes: NO_CHANGES };
  const { user_id: userId, way } = found;
  await db.lockUser(userId); // whoever ends all sessions just now ends this one, too
  const user = await requireActive(db, userId);
  // Looked at again: another one may have spent it before the lock was given. With a code that was
  // spent before the ticket stays: whoever typed it too late has the next one.
  const isOurs = await pendingRow(db, hash, now) !== undefined;
  if (!isOurs || !await spend(db, userId, proof)) return { result: null, changes: NO_CHANGES };
  await db.run("DELETE FROM pending_sign_ins WHERE hash = ?", [hash]);
  const opened = { ...session, way };
  const sessionId = await insertSession(db, userId, opened, now);
  await recordStaffSignIn(db, user, { ...opened, at: now });
  const changes = await afterSignIn(db, { id: sessionId, userId, session: opened, now });
  return { result: { user, sessionId }, changes };
});

function pendingRow(db: Driver, hash: string, now: number): Promise<PendingRow | undefined> {
  return db.get<PendingRow>(
    "SELECT p.user_id, p.way FROM pending_sign_ins AS p WHERE p.hash = ? AND p.expires_at > ?",
    [hash, now],
  );
}

/** Whether this proof was still good; it is not any more. */
async function spend(db: Driver, userId: number, proof: FactorProof): Promise<boolean> {
  if (proof.kind === "passkey") return true;
  const rows = proof.kind === "totp"
    ? await db.run(
      "UPDATE totp SET last_step = ? WHERE user_id = ? AND secret IS NOT NULL AND last_step < ?",
      [proof.step, userId, proof.step],
    )
    : await db.run(
      "DELETE FROM recovery_codes WHERE user_id = ? AND hash = ?",
      [userId, proof.hash],
    );
  return rows === 1;
}
