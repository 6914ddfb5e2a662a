/** Passkeys: kept, found by what a browser shows, counted, removed. */
import { ConfabError, notFound } from "../../errors.ts";
import { MOST_PASSKEYS } from "../../protocol/limits.ts";
import type { NewPasskey, StoredPasskey } from "../contract/passkeys.ts";
import type { Driver } from "../driver.ts";
import { type Input, NO_CHANGES, read, write } from "./operation.ts";
import { bySelf, recordAudit } from "./parts/audit.ts";
import { dropRecoveryCodes, factorChange, secondFactorsOf } from "./parts/factors.ts";
import { spend } from "./parts/spent_once.ts";
import { requireActive } from "./parts/users.ts";

/** `passkeys AS p`. */
const PASSKEY_COLUMNS =
  "p.id, p.user_id, p.credential, p.public_key, p.counter, p.transports, p.name, p.synced, " +
  "p.alone, p.created_at, p.last_used";

interface PasskeyRow {
  id: number;
  user_id: number;
  credential: string;
  public_key: string;
  counter: number;
  /** Our own JSON. */
  transports: string;
  name: string;
  synced: number;
  alone: number;
  created_at: number;
  last_used: number | null;
}

function toPasskey(row: PasskeyRow): StoredPasskey {
  return {
    id: row.id,
    userId: row.user_id,
    credential: row.credential,
    publicKey: row.public_key,
    counter: row.counter,
    transports: JSON.parse(row.transports) as string[],
    name: row.name,
    createdAt: row.created_at,
    lastUsed: row.last_used,
    synced: row.synced === 1,
    alone: row.alone === 1,
  };
}

export const listPasskeys = read(async (db: Driver, input: Input<"listPasskeys">) => {
  const rows = await db.all<PasskeyRow>(
    `SELECT ${PASSKEY_COLUMNS} FROM passkeys AS p WHERE p.user_id = ? ORDER BY p.id`,
    [input.userId],
  );
  return rows.map(toPasskey);
});

export const findPasskey = read(async (db: Driver, input: Input<"findPasskey">) => {
  const row = await db.get<PasskeyRow>(
    `SELECT ${PASSKEY_COLUMNS} FROM passkeys AS p WHERE p.credential = ?`,
    [input.credential],
  );
  return row === undefined ? null : toPasskey(row);
});

interface Counted {
  passkeys: number;
  asked: number;
}

async function countOf(db: Driver, userId: number): Promise<Counted> {
  const row = await db.get<Counted>(
    `SELECT count(*) AS passkeys, COALESCE(sum(p.after_password), 0) AS asked
     FROM passkeys AS p WHERE p.user_id = ?`,
    [userId],
  );
  return { passkeys: Number(row!.passkeys), asked: Number(row!.asked) };
}

export const passkeysAfterPassword = read(
  async (db: Driver, { userId }: Input<"passkeysAfterPassword">) =>
    (await countOf(db, userId)).asked > 0,
);

export const addPasskey = write(async (db: Driver, input: Input<"addPasskey">) => {
  const { userId, passkey, challenge, address, now } = input;
  await db.lockUser(userId);
  await requireActive(db, userId);
  if (!await spend(db, { ...challenge, now })) {
    throw new ConfabError("forbidden", "This was used before. Begin again.");
  }
  const { passkeys, asked } = await countOf(db, userId);
  requirePlace(passkeys);
  const afterPassword = passkeys === 0 || asked > 0;
  const id = await insertPasskey(db, userId, passkey, { afterPassword, now });
  await recordAudit(db, {
    ...bySelf(userId),
    action: "passkey.added",
    detail: { name: passkey.name },
    address,
    at: now,
  });
  const row = await db.get<PasskeyRow>(
    `SELECT ${PASSKEY_COLUMNS} FROM passkeys AS p WHERE p.id = ?`,
    [id],
  );
  return { result: toPasskey(row!), changes: NO_CHANGES };
});

function requirePlace(passkeys: number): void {
  if (passkeys < MOST_PASSKEYS) return;
  const message = `You can have at most ${MOST_PASSKEYS} passkeys.`;
  throw new ConfabError("invalid", message, {
    errors: [{ path: "passkey", message, reason: "too_long" }],
  });
}

async function insertPasskey(
  db: Driver,
  userId: number,
  passkey: NewPasskey,
  { afterPassword, now }: { afterPassword: boolean; now: number },
): Promise<number> {
  const added = await db.get<{ id: number }>(
    `INSERT INTO passkeys
       (user_id, credential, public_key, counter, transports, name, synced, alone, after_password,
        created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (credential) DO NOTHING RETURNING id`,
    [
      userId,
      passkey.credential,
      passkey.publicKey,
      passkey.counter,
      JSON.stringify(passkey.transports),
      passkey.name,
      Number(passkey.synced),
      Number(passkey.alone),
      Number(afterPassword),
      now,
    ],
  );
  if (added === undefined) throw new ConfabError("conflict", "This passkey is kept here already.");
  return added.id;
}

export const usePasskey = write(async (db: Driver, input: Input<"usePasskey">) => {
  const { id, counter, synced, challenge, now } = input;
  if (!await spend(db, { ...challenge, now })) return { result: false, changes: NO_CHANGES };
  // Those that never count say 0 again and again.
  const used = await db.run(
    `UPDATE passkeys SET counter = ?, synced = ?, last_used = ?
     WHERE id = ? AND (counter < ? OR (counter = 0 AND ? = 0))`,
    [counter, Number(synced), now, id, counter, counter],
  );
  return { result: used === 1, changes: NO_CHANGES };
});

export const renamePasskey = write(async (db: Driver, input: Input<"renamePasskey">) => {
  await requireActive(db, input.userId);
  const renamed = await db.run("UPDATE passkeys SET name = ? WHERE id = ? AND user_id = ?", [
    input.name,
    input.id,
    input.userId,
  ]);
  if (renamed === 0) throw notFound("passkey");
  return { result: undefined, changes: NO_CHANGES };
});

export const removePasskey = write(async (db: Driver, input: Input<"removePasskey">) => {
  const { userId, id, address, now } = input;
  await db.lockUser(userId);
  await requireActive(db, userId);
  const removed = await db.get<{ name: string }>(
    "DELETE FROM passkeys WHERE id = ? AND user_id = ? RETURNING name",
    [id, userId],
  );
  if (removed === undefined) throw notFound("passkey");
  if ((await secondFactorsOf(db, userId)).length === 0) await dropRecoveryCodes(db, userId);
  await recordAudit(db, {
    ...bySelf(userId),
    action: "passkey.removed",
    detail: { name: removed.name },
    address,
    at: now,
  });
  return { result: undefined, changes: await factorChange(db, userId) };
});

export const setPasskeysAfterPassword = write(
  async (db: Driver, input: Input<"setPasskeysAfterPassword">) => {
    const { userId, on, address, now } = input;
    await db.lockUser(userId);
    await requireActive(db, userId);
    const changed = await db.run(
      "UPDATE passkeys SET after_password = ? WHERE user_id = ? AND after_password <> ?",
      [Number(on), userId, Number(on)],
    );
    if (changed === 0) return { result: undefined, changes: NO_CHANGES };
    if ((await secondFactorsOf(db, userId)).length === 0) await dropRecoveryCodes(db, userId);
    await recordAudit(db, {
      ...bySelf(userId),
      action: "passkey.after_password",
      detail: { on },
      address,
      at: now,
    });
    return { result: undefined, changes: await factorChange(db, userId) };
  },
);
