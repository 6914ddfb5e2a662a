/** E-mail addresses, each proven by a link that was sent there. */
import { ConfabError, notFound } from "../../errors.ts";
import { mayAct } from "../../protocol/permissions.ts";
import type { Driver } from "../driver.ts";
import { type Input, NO_CHANGES, read, write } from "./operation.ts";
import { bySelf, recordAudit } from "./parts/audit.ts";
import { emailRow, forgetEmail, keepProvenEmail, tellOldAddress } from "./parts/emails.ts";
import { insertLetter, requireKept } from "./parts/letters.ts";
import { forgetMailedResets } from "./parts/resets.ts";
import { toUser, USER_COLUMNS, type UserRow } from "./parts/rows.ts";
import { requireActive } from "./parts/users.ts";

export const emailOf = read(async (db: Driver, { userId }: Input<"emailOf">) => {
  await requireActive(db, userId);
  const { address, pending } = await emailRow(db, userId);
  return { address, pending };
});

export const setEmail = write(async (db: Driver, input: Input<"setEmail">) => {
  const { userId, address, key, language, now } = input;
  await db.lockUser(userId);
  await requireActive(db, userId);
  const before = await emailRow(db, userId);
  await db.run("DELETE FROM email_proofs WHERE user_id = ? AND address_key <> ?", [userId, key]);
  const isProven = before.address_key === key;
  await db.run(
    `INSERT INTO emails (user_id, pending, pending_key) VALUES (?, ?, ?)
     ON CONFLICT (user_id) DO UPDATE SET pending = excluded.pending,
       pending_key = excluded.pending_key`,
    isProven ? [userId, null, null] : [userId, address, key],
  );
  if (!isProven) requireKept(await insertLetter(db, { kind: "proof", userId, language, now }));
  const result = { address: before.address, pending: isProven ? null : address };
  return { result, changes: NO_CHANGES };
});

export const removeEmail = write(async (db: Driver, input: Input<"removeEmail">) => {
  const { userId, now, from } = input;
  await db.lockUser(userId);
  await requireActive(db, userId);
  const { address } = await emailRow(db, userId);
  await forgetEmail(db, userId);
  if (address === null) return { result: undefined, changes: NO_CHANGES };
  await forgetMailedResets(db, userId);
  await tellOldAddress(db, { userId, address, detail: { removed: 1 }, now });
  await recordAudit(db, {
    ...bySelf(userId),
    action: "email.removed",
    detail: {},
    address: from,
    at: now,
  });
  return { result: undefined, changes: NO_CHANGES };
});

interface ProofRow extends UserRow {
  pending: string;
  pending_key: string;
}

/** Only of the address that is still wanted. */
async function findProof(db: Driver, hash: string, now: number): Promise<ProofRow | undefined> {
  return await db.get<ProofRow>(
    `SELECT ${USER_COLUMNS}, e.pending, e.pending_key FROM email_proofs AS p
     JOIN users AS u ON u.id = p.user_id
     JOIN emails AS e ON e.user_id = p.user_id AND e.pending_key = p.address_key
     WHERE p.token_hash = ? AND p.expires_at > ?`,
    [hash, now],
  );
}

export const findEmailProof = read(async (db: Driver, input: Input<"findEmailProof">) => {
  const row = await findProof(db, input.tokenHash, input.now);
  if (row === undefined || mayAct(toUser(row)) !== "allowed") return null;
  return { user: toUser(row), address: row.pending };
});

export const proveEmail = write(async (db: Driver, input: Input<"proveEmail">) => {
  const { tokenHash, now, from } = input;
  const find = async () => {
    const row = await findProof(db, tokenHash, now);
    if (row === undefined) throw notFound("link");
    return row;
  };
  const { id: userId } = await find();
  await db.lockUser(userId);
  const { pending: address, pending_key: key } = await find(); // as it is now that others wait
  const user = await requireActive(db, userId);
  const other = await db.get("SELECT user_id FROM emails WHERE address_key = ?", [key]);
  if (other !== undefined) {
    throw new ConfabError("conflict", "Another account here has this address.");
  }
  const before = await emailRow(db, userId);
  await keepProvenEmail(db, { userId, address, key, now });
  await forgetMailedResets(db, userId);
  if (before.address !== null) {
    await tellOldAddress(db, { userId, address: before.address, detail: { removed: 0 }, now });
  }
  await recordAudit(db, {
    actor: "stranger",
    action: "email.proven",
    target: { user: userId },
    detail: {},
    address: from,
    at: now,
  });
  return { result: { user, address }, changes: NO_CHANGES };
});

export const findByEmail = read(async (db: Driver, { key }: Input<"findByEmail">) => {
  const row = await db.get<UserRow>(
    `SELECT ${USER_COLUMNS} FROM emails AS e JOIN users AS u ON u.id = e.user_id
     WHERE e.address_key = ?`,
    [key],
  );
  return row === undefined ? null : { user: toUser(row) };
});
