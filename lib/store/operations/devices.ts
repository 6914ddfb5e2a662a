/** New sign-ins that one's other sessions are told of, and codes to sign in on a phone. */
import { notFound } from "../../errors.ts";
import type { PhoneLinkState, SignIn } from "../../protocol/devices.ts";
import type { User } from "../../protocol/people.ts";
import type { WayIn } from "../../protocol/ways_in.ts";
import type { Driver } from "../driver.ts";
import { type Input, NO_CHANGES, read, write, writeIndependently } from "./operation.ts";
import { toUser, USER_COLUMNS, type UserRow } from "./parts/rows.ts";
import { requireActive } from "./parts/users.ts";

const MOST_SIGN_INS = 20;

interface SignInRow {
  id: number;
  at: number;
  device: string;
  address: string;
  way: WayIn;
  living: number | null;
}

/** Sessions that were there before, and those that came later and have not acknowledged it. */
const UNSEEN = `i.user_id = ? AND i.seen = 0 AND i.id <> ?
  AND (i.confirmed_by IS NULL OR i.confirmed_by <> ?)`;

export const listSignIns = read(async (db: Driver, input: Input<"listSignIns">) => {
  const { userId, sessionId } = input;
  await requireActive(db, userId);
  const own = await db.get<{ device: string; address: string; looked: number }>(
    "SELECT s.device, s.address, s.looked FROM sessions AS s WHERE s.id = ? AND s.user_id = ?",
    [sessionId, userId],
  );
  const rows = await db.all<SignInRow>(
    `SELECT i.id, i.at, i.device, i.address, i.way, s.id AS living
     FROM sign_ins AS i LEFT JOIN sessions AS s ON s.id = i.id
     WHERE ${UNSEEN} AND (i.id > ? OR i.id > ?)
     ORDER BY i.id DESC LIMIT ${MOST_SIGN_INS}`,
    [userId, sessionId, sessionId, sessionId, own?.looked ?? 0],
  );
  const signIns: SignIn[] = rows.map(({ living, ...row }) => ({ ...row, ended: living === null }));
  return { own: own === undefined ? null : { device: own.device, address: own.address }, signIns };
});

export const seeSignIns = writeIndependently(async (db: Driver, input: Input<"seeSignIns">) => {
  const { userId, sessionId } = input;
  await db.lockUser(userId);
  await requireActive(db, userId);
  let changed = 0;
  for (const id of input.ids.toSorted((a, b) => a - b)) {
    changed += id > sessionId ? await seeForAll(db, userId, id) : await look(db, input, id);
  }
  if (changed === 0) return { result: undefined, changes: NO_CHANGES };
  return { result: undefined, changes: [{ type: "signInsSeen", userId }] };
});

function seeForAll(db: Driver, userId: number, id: number): Promise<number> {
  return db.run("UPDATE sign_ins SET seen = 1 WHERE id = ? AND user_id = ? AND seen = 0", [
    id,
    userId,
  ]);
}

/** Up to this one: what is older was shown beside it. */
function look(
  db: Driver,
  { userId, sessionId }: Input<"seeSignIns">,
  id: number,
): Promise<number> {
  return db.run("UPDATE sessions SET looked = ? WHERE id = ? AND user_id = ? AND looked < ?", [
    id,
    sessionId,
    userId,
    id,
  ]);
}

export const makePhoneLink = write(async (db: Driver, input: Input<"makePhoneLink">) => {
  const { userId, sessionId, nonce, codeHash, now, expiresAt } = input;
  await db.lockUser(userId);
  await requireActive(db, userId);
  await db.run("DELETE FROM phone_links WHERE user_id = ?", [userId]);
  const id = await db.insert(
    `INSERT INTO phone_links (user_id, session_id, nonce, code_hash, created_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [userId, sessionId, nonce, codeHash, now, expiresAt],
  );
  return { result: id, changes: NO_CHANGES };
});

interface LinkRow {
  id: number;
  nonce: string;
  state: PhoneLinkState;
  device: string | null;
  address: string | null;
  digits: string | null;
  expires_at: number;
}

export const phoneLink = read(async (db: Driver, input: Input<"phoneLink">) => {
  await requireActive(db, input.userId);
  const row = await db.get<LinkRow>(
    `SELECT p.id, p.nonce, p.state, p.device, p.address, p.digits, p.expires_at
     FROM phone_links AS p WHERE p.user_id = ? AND p.session_id = ? AND p.expires_at > ?`,
    [input.userId, input.sessionId, input.now],
  );
  if (row === undefined) return null;
  const { digits: check, expires_at: expiresAt, ...link } = row;
  return { ...link, check, expiresAt };
});

/** With the session that shows it: a code ends with it, and with its account. */
const LIVING = `FROM phone_links AS p
  JOIN sessions AS s ON s.id = p.session_id AND s.user_id = p.user_id
  JOIN users AS u ON u.id = p.user_id AND u.disabled = 0`;

export const offeredPhoneLink = read(async (db: Driver, input: Input<"offeredPhoneLink">) =>
  await offered(db, input)
);

async function offered(
  db: Driver,
  { codeHash, now }: { codeHash: string; now: number },
): Promise<User | null> {
  const row = await db.get<UserRow>(
    `SELECT ${USER_COLUMNS} ${LIVING}
     WHERE p.code_hash = ? AND p.state = 'waiting' AND p.expires_at > ? AND s.expires_at > ?`,
    [codeHash, now, now],
  );
  return row === undefined ? null : toUser(row);
}

export const claimPhoneLink = write(async (db: Driver, input: Input<"claimPhoneLink">) => {
  const { codeHash, claimHash, device, address, check, expiresAt } = input;
  const user = await offered(db, input);
  // Asked again by the change itself: of two phones at once, one finds it waiting.
  const claimed = user === null ? 0 : await db.run(
    `UPDATE phone_links
     SET state = 'asked', claim_hash = ?, device = ?, address = ?, digits = ?, expires_at = ?
     WHERE code_hash = ? AND state = 'waiting'`,
    [claimHash, device, address, check, expiresAt, codeHash],
  );
  if (user === null || claimed === 0) throw notFound("code");
  return { result: user, changes: NO_CHANGES };
});

export const decidePhoneLink = write(async (db: Driver, input: Input<"decidePhoneLink">) => {
  const { userId, sessionId, id, allow, now, expiresAt } = input;
  await db.lockUser(userId);
  await requireActive(db, userId);
  const decided = await db.run(
    `UPDATE phone_links SET state = ?, expires_at = ?
     WHERE id = ? AND user_id = ? AND session_id = ? AND state = 'asked' AND expires_at > ?`,
    [allow ? "allowed" : "refused", expiresAt, id, userId, sessionId, now],
  );
  if (decided === 0) throw notFound("code");
  return { result: undefined, changes: NO_CHANGES };
});

export const claimedPhoneLink = read(async (db: Driver, input: Input<"claimedPhoneLink">) => {
  const row = await db.get<UserRow & { state: PhoneLinkState; digits: string }>(
    `SELECT p.state, p.digits, ${USER_COLUMNS} ${LIVING}
     WHERE p.claim_hash = ? AND p.expires_at > ?`,
    [input.claimHash, input.now],
  );
  return row === undefined ? null : { state: row.state, check: row.digits, user: toUser(row) };
});

export const spendPhoneLink = write(async (db: Driver, input: Input<"spendPhoneLink">) => {
  const { claimHash, now } = input;
  const row = await db.get<{ id: number; user_id: number; session_id: number }>(
    `SELECT p.id, p.user_id, p.session_id ${LIVING}
     WHERE p.claim_hash = ? AND p.expires_at > ? AND s.expires_at > ?`,
    [claimHash, now, now],
  );
  const spent = row === undefined ? 0 : await db.run(
    "UPDATE phone_links SET state = 'done' WHERE id = ? AND state = 'allowed'",
    [row.id],
  );
  if (row === undefined || spent === 0) throw notFound("code");
  return { result: { userId: row.user_id, confirmedBy: row.session_id }, changes: NO_CHANGES };
});
