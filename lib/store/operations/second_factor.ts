/** The second factor: sign-ins that wait for it, and what finishes them. */
import type { WayIn } from "../../protocol/ways_in.ts";
import type { FactorProof, PendingSignIn } from "../contract/second_factor.ts";
import type { Driver } from "../driver.ts";
import { type Input, NO_CHANGES, read, write } from "./operation.ts";
import { secondFactorsOf } from "./parts/factors.ts";
import { insertSession } from "./parts/session_rows.ts";
import { afterSignIn } from "./parts/sign_ins.ts";
import { requireActive, requireUser } from "./parts/users.ts";

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
  const totp = await db.get<{ secret: string; last_step: number }>(
    "SELECT t.secret, t.last_step FROM totp AS t WHERE t.user_id = ? AND t.secret IS NOT NULL",
    [userId],
  );
  return {
    userId,
    username,
    way: row.way,
    methods: await secondFactorsOf(db, userId),
    totp: totp === undefined ? null : { secret: totp.secret, lastStep: totp.last_step },
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
