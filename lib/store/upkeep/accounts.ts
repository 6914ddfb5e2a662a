/**
 * What an operator may do with accounts, beside a server: no rule binds them but that the place
 * keeps an owner who can sign in. What servers have to learn is written as events.
 */
import { nameKey } from "../../protocol/names.ts";
import type { User, UserRole } from "../../protocol/people.ts";
import type { Timestamp } from "../../protocol/time.ts";
import type { Driver } from "../driver.ts";
import { changeAccount, endAllSessions, isErased } from "../operations/parts/account_changes.ts";
import { recordAudit } from "../operations/parts/audit.ts";
import { insertEvents } from "../operations/parts/events.ts";
import { CLASH } from "../operations/parts/identity.ts";
import { forgetResetsOf } from "../operations/parts/resets.ts";
import { requireUser } from "../operations/parts/users.ts";
import type { Written } from "../operations/operation.ts";
import { DatabaseRefusal } from "./database.ts";

export interface Account {
  id: number;
  username: string;
  displayName: string;
  role: UserRole;
  disabled: boolean;
  /** Nobody is behind it any more; it stays disabled. */
  erased: boolean;
  /** Of the sessions that have not ended; milliseconds. */
  lastSeen: number | null;
}

interface AccountRow extends Omit<Account, "displayName" | "disabled" | "erased" | "lastSeen"> {
  display_name: string;
  disabled: number;
  erased_at: number | null;
  last_seen: number | null;
}

const PORTION = 1_000;

/** By id, in portions. */
export async function* accounts(db: Driver): AsyncGenerator<Account> {
  let rows: AccountRow[];
  let after = 0;
  do {
    rows = await db.all<AccountRow>(
      `SELECT u.id, u.username, u.display_name, u.role, u.disabled, u.erased_at,
         (SELECT max(s.last_seen) FROM sessions AS s WHERE s.user_id = u.id) AS last_seen
       FROM users AS u WHERE u.id > ? ORDER BY u.id LIMIT ${PORTION}`,
      [after],
    );
    for (const { display_name, last_seen, disabled, erased_at, ...row } of rows) {
      const state = { disabled: disabled === 1, erased: erased_at !== null };
      yield { ...row, ...state, displayName: display_name, lastSeen: last_seen };
    }
    after = rows.at(-1)?.id ?? after;
  } while (rows.length === PORTION);
}

/**
 * The account with this username, as it is written or as names are compared, else with this id.
 * Throws `DatabaseRefusal` if there is none.
 */
export async function findAccount(db: Driver, name: string): Promise<User> {
  const key = nameKey(name);
  // An earlier version may have given one name twice: the newer account's key has an end.
  const rows = await db.all<{ id: number; username: string; username_key: string }>(
    `SELECT id, username, username_key FROM users
     WHERE username_key = ? OR (username_key > ? AND username_key < ?)`,
    [key, key + CLASH, `${key} `],
  );
  const found = rows.find(({ username }) => username === name) ??
    rows.find(({ username_key }) => username_key === key);
  if (found !== undefined) return await requireUser(db, found.id);
  const id = /^\d{1,15}$/.test(name) ? Number(name) : 0;
  const row = await db.get("SELECT id FROM users WHERE id = ?", [id]);
  if (row === undefined) throw new DatabaseRefusal(`There is no account “${name}”.`);
  return await requireUser(db, id);
}

const BY_OPERATOR = { actor: "operator", address: null } as const;

/** The account as it is afterwards. Throws `DatabaseRefusal` if no owner would be left. */
export async function setAccount(
  db: Driver,
  name: string,
  change: { role?: UserRole; disabled?: boolean },
  at: Timestamp,
): Promise<{ before: User; after: User }> {
  await waitForOthers(db);
  const before = await lockAccount(db, name);
  await refuseErased(db, before);
  const written = await changeAccount(db, before, change, { ...BY_OPERATOR, at });
  await requireOwner(db, before);
  return { before, after: await told(db, written) };
}

/** Ends all sessions. */
export async function setPassword(
  db: Driver,
  name: string,
  passwordHash: string,
  at: Timestamp,
): Promise<User> {
  const result = await lockAccount(db, name);
  await refuseErased(db, result);
  await db.run("UPDATE users SET password_hash = ? WHERE id = ?", [passwordHash, result.id]);
  await forgetResetsOf(db, result.id);
  const ended = await endAllSessions(db, result.id, "password");
  await recordAudit(db, {
    ...BY_OPERATOR,
    at,
    action: "user.password",
    target: { user: result.id },
    detail: {},
  });
  return await told(db, { result, changes: [ended] });
}

/** As it is when nobody else changes it: a server may be handing the place to them just now. */
async function lockAccount(db: Driver, name: string): Promise<User> {
  const { id } = await findAccount(db, name);
  await db.lockUser(id);
  return await requireUser(db, id);
}

/** Nobody is behind it any more, and nobody is to be. */
async function refuseErased(db: Driver, { id, username }: User): Promise<void> {
  if (await isErased(db, id)) {
    throw new DatabaseRefusal(`${username} was erased, and does not come back.`);
  }
}

/** Two commands that each take the role of one of two owners must not both go through. */
async function waitForOthers(db: Driver): Promise<void> {
  await db.run("UPDATE meta SET value = value WHERE key = 'epoch'", []);
}

async function requireOwner(db: Driver, before: User): Promise<void> {
  if (before.role !== "owner" || before.disabled) return; // none was lost
  const left = await db.get(
    "SELECT id FROM users WHERE role = 'owner' AND disabled = 0 LIMIT 1",
    [],
  );
  if (left !== undefined) return;
  throw new DatabaseRefusal(
    `${before.username} is the only owner who can sign in: make somebody else one first.`,
  );
}

/** Over SQLite nobody else does; every server has read them long ago. */
const FORGET = "DELETE FROM events WHERE at < (SELECT max(at) - 3600000 FROM events)";

async function told<T>(db: Driver, { result, changes }: Written<T>): Promise<T> {
  await insertEvents(db, changes);
  await db.run(FORGET, []);
  return result;
}
