/** Accounts: signing up, names, settings, passwords' hashes, roles. */
import { ConfabError } from "../../errors.ts";
import type { Me } from "../../protocol/accounts.ts";
import { nameKey } from "../../protocol/names.ts";
import type { User } from "../../protocol/people.ts";
import { maySignUp } from "../../protocol/permissions.ts";
import type { Driver } from "../driver.ts";
import type { Change } from "../store.ts";
import { changeAccount, isErased } from "./parts/account_changes.ts";
import { anyAccount } from "./parts/beginnings.ts";
import { requireChangeable } from "./parts/changing_accounts.ts";
import { requireEmoji } from "./parts/custom_emoji.ts";
import { dropPendingSignIns } from "./parts/factors.ts";
import { CLASH, deleteDisplayLooks, insertDisplayLooks, markNamesakes } from "./parts/identity.ts";
import { insertIdentity } from "./parts/identities.ts";
import { recordUse, spendInvite } from "./parts/invites.ts";
import { insertNewcomer } from "./parts/newcomers.ts";
import { type Input, NO_CHANGES, read, write } from "./operation.ts";
import { passwordHashOf } from "./parts/passwords.ts";
import { forgetResetsOf } from "./parts/resets.ts";
import { toUser, USER_COLUMNS, type UserRow } from "./parts/rows.ts";
import { endSessionsBut, insertSession } from "./parts/session_rows.ts";
import { keepUserWords } from "./parts/user_words.ts";
import { requireActive, requireEnabled, requireMe } from "./parts/users.ts";

export const hasAccounts = read((db: Driver, _input: undefined) => anyAccount(db));

export const createAccount = write(async (db: Driver, input: Input<"createAccount">) => {
  // Two first accounts created at the same moment must not both become the owner either: the second
  // waits here for the first.
  await db.lockNames();
  const first = !(await anyAccount(db));
  const { invite = null, session, now } = input;
  const isOpen = { open: !input.firstOnly, empty: first, invited: invite !== null };
  if (maySignUp(isOpen) !== "allowed") {
    throw new ConfabError("forbidden", "New accounts need an invitation.");
  }
  const spent = invite === null ? null : await spendInvite(db, invite.code, { ...invite, now });
  const role = first ? "owner" : input.role ?? spent?.row.role ?? "member";
  const rooms = spent?.rooms ?? [];
  const { user, changes } = await insertNewcomer(db, { ...input, role, rooms });
  if (input.identity !== undefined) await insertIdentity(db, user.id, input.identity, now);
  const sessionId = await insertSession(db, user.id, session, now);
  const use = { userId: user.id, account: "new", address: session.address, now } as const;
  if (spent !== null) await recordUse(db, spent, use);
  return { result: { user, sessionId }, changes };
});

type Credentials = { user: User; passwordHash: string };

type CredentialsRow = UserRow & { password_hash: string };

function toCredentials(row: CredentialsRow | undefined): Credentials | null {
  return row === undefined ? null : { user: toUser(row), passwordHash: row.password_hash };
}

export const credentials = read(async (db: Driver, input: Input<"credentials">) => {
  const key = nameKey(input.username);
  const found = await db.get<CredentialsRow>(
    `SELECT ${USER_COLUMNS}, u.password_hash FROM users AS u WHERE u.username_key = ?`,
    [key],
  );
  if (found?.username === input.username) return toCredentials(found);
  return toCredentials(await exactly(db, key, input.username) ?? found);
});

/**
 * If an earlier version of the program allowed one name twice, the newer accounts log in by their
 * exact spelling.
 */
async function exactly(
  db: Driver,
  key: string,
  username: string,
): Promise<CredentialsRow | undefined> {
  const rows = await db.all<CredentialsRow>(
    `SELECT ${USER_COLUMNS}, u.password_hash FROM users AS u
     WHERE u.username_key > ? AND u.username_key < ?`,
    [key + CLASH, `${key} `],
  );
  return rows.find((row) => row.username === username);
}

export const credentialsOf = read(async (db: Driver, input: Input<"credentialsOf">) =>
  toCredentials(
    await db.get(
      `SELECT ${USER_COLUMNS}, u.password_hash FROM users AS u WHERE u.id = ?`,
      [input.userId],
    ),
  )
);

export const changePassword = write(async (db: Driver, input: Input<"changePassword">) => {
  const { userId, passwordHash, proven, keepSession } = input;
  await db.lockUser(userId); // whoever signs in with the old password just now is signed out, too
  await requireActive(db, userId);
  if (proven !== undefined && await passwordHashOf(db, userId) !== proven) {
    throw new ConfabError("forbidden", "The password has been changed meanwhile.");
  }
  await db.run("UPDATE users SET password_hash = ? WHERE id = ?", [passwordHash, userId]);
  await dropPendingSignIns(db, userId); // proven by the old password
  await forgetResetsOf(db, userId);
  const changes = await endSessionsBut(db, userId, keepSession, "password");
  return { result: undefined, changes };
});

export const updateMe = write(async (db: Driver, input: Input<"updateMe">) => {
  if (input.displayName !== undefined) await db.lockNames();
  await db.lockUser(input.userId);
  const before = await requireMe(db, input.userId);
  requireEnabled(before);
  if (input.status && input.status.emoji !== before.status?.emoji) {
    await requireEmoji(db, input.status.emoji, "status.emoji");
  }
  const after = changedMe(before, input);
  await storeMe(db, after);
  const others = after.displayName === before.displayName
    ? NO_CHANGES
    : await renamed(db, before, after.displayName);
  const result = await requireMe(db, input.userId);
  // What only the user sees.
  const { language: _language, theme: _theme, showLocalTime: _show, ...user } = result;
  const changes: Change[] = [...others, ...settingsChange(before, result)];
  if (isSeen(before, result)) changes.unshift({ type: "user", user });
  return { result, changes };
});

function changedMe(before: Me, input: Input<"updateMe">): Me {
  const showLocalTime = input.showLocalTime ?? before.showLocalTime;
  const { timeZone: zone, ...known } = before;
  const timeZone = showLocalTime ? input.timeZone ?? zone : undefined;
  return {
    ...known,
    displayName: input.displayName ?? before.displayName,
    language: input.language === undefined ? before.language : input.language,
    theme: input.theme ?? before.theme,
    status: input.status === undefined ? before.status : input.status,
    showLocalTime,
    ...(timeZone === undefined ? {} : { timeZone }),
  };
}

async function storeMe(db: Driver, after: Me): Promise<void> {
  const { displayName, language, theme, status, timeZone, showLocalTime, id } = after;
  await db.run(
    `UPDATE users SET display_name = ?, display_key = ?, language = ?, theme = ?,
       status_emoji = ?, status_text = ?, status_until = ?, time_zone = ?, hides_time = ?
     WHERE id = ?`,
    [
      ...[displayName, nameKey(displayName), language, theme],
      ...[status?.emoji ?? null, status?.text ?? null, status?.until ?? null],
      ...[timeZone ?? null, showLocalTime ? 0 : 1, id],
    ],
  );
}

/** Whether others see the change. */
function isSeen(before: Me, after: Me): boolean {
  const seen = ({ displayName, status, timeZone }: Me) =>
    JSON.stringify([displayName, status, timeZone]);
  return seen(before) !== seen(after);
}

function settingsChange(before: Me, after: Me): readonly Change[] {
  const same = after.language === before.language && after.theme === before.theme &&
    after.showLocalTime === before.showLocalTime;
  return same ? NO_CHANGES : [{ type: "settings", userId: after.id, user: after }];
}

/** Updates what is stored along with a display name; returns who else looks different now. */
async function renamed(db: Driver, before: Me, displayName: string): Promise<Change[]> {
  const { id, username } = before;
  await keepUserWords(db, { id, username, displayName });
  await deleteDisplayLooks(db, id, before.displayName);
  await insertDisplayLooks(db, id, displayName);
  return await markNamesakes(db, id, [before.displayName, displayName]);
}

export const updateUser = write(async (db: Driver, input: Input<"updateUser">) => {
  const { actor, user: before } = await requireChangeable(db, input);
  if (await isErased(db, before.id)) {
    throw new ConfabError("forbidden", "This account was erased, and does not come back.");
  }
  const by = { actor, address: input.address, at: input.now };
  return await changeAccount(db, before, input, by);
});
