/** The addresses of accounts, as several operations touch them. Checks no permission. */
import type { LetterDetail } from "../../contract/letters.ts";
import type { Driver } from "../../driver.ts";
import { insertLetter, type NewLetter } from "./letters.ts";

export interface EmailRow {
  address: string | null;
  address_key: string | null;
  pending: string | null;
  pending_key: string | null;
}

const NONE: EmailRow = { address: null, address_key: null, pending: null, pending_key: null };

export async function emailRow(db: Driver, userId: number): Promise<EmailRow> {
  return await db.get<EmailRow>(
    "SELECT address, address_key, pending, pending_key FROM emails WHERE user_id = ?",
    [userId],
  ) ?? NONE;
}

/** The address is the account's from now on, proven by a link or by a provider. */
export async function keepProvenEmail(
  db: Driver,
  { userId, address, key, now }: { userId: number; address: string; key: string; now: number },
): Promise<void> {
  await db.run("DELETE FROM email_proofs WHERE user_id = ?", [userId]);
  await db.run(
    `INSERT INTO emails (user_id, address, address_key, proven_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (user_id) DO UPDATE SET address = excluded.address,
       address_key = excluded.address_key, proven_at = excluded.proven_at,
       pending = NULL, pending_key = NULL`,
    [userId, address, key, now],
  );
}

/** The account has no address any more, proven or pending. */
export async function forgetEmail(db: Driver, userId: number): Promise<void> {
  await db.run("DELETE FROM email_proofs WHERE user_id = ?", [userId]);
  await db.run("DELETE FROM emails WHERE user_id = ?", [userId]);
}

/** Whoever took an account over would change the address first: the old one hears of it. */
export async function tellOldAddress(
  db: Driver,
  { userId, address, detail, now }: {
    userId: number;
    address: string;
    detail: LetterDetail;
    now: number;
  },
): Promise<void> {
  await insertLetter(db, { kind: "email_changed", userId, address, detail, now });
}

/** Tells whoever has a proven address; for everybody else there is nothing to send. */
export async function tellOwner(
  db: Driver,
  letter: Pick<NewLetter, "kind" | "detail" | "now"> & { userId: number },
): Promise<void> {
  if ((await emailRow(db, letter.userId)).address !== null) await insertLetter(db, letter);
}
