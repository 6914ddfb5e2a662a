/** Reading users, and checking whether they may act. Knows no passwords and no rooms. */
import { ConfabError, notFound } from "../../../errors.ts";
import type { Me } from "../../../protocol/accounts.ts";
import type { User } from "../../../protocol/people.ts";
import { mayAct, type UserFacts, type Verdict } from "../../../protocol/permissions.ts";
import type { Driver } from "../../driver.ts";
import { allInList, LIST } from "./lists.ts";
import { ME_COLUMNS, type MeRow, toMe, toUser, USER_COLUMNS, type UserRow } from "./rows.ts";

export async function findUser(db: Driver, id: number): Promise<User | null> {
  const row = await db.get<UserRow>(`SELECT ${USER_COLUMNS} FROM users AS u WHERE u.id = ?`, [id]);
  return row === undefined ? null : toUser(row);
}

/** Those of these people who exist, each once, in no order. */
export async function findUsers(db: Driver, ids: readonly number[]): Promise<User[]> {
  return (await findUserRows(db, ids)).map(toUser);
}

export async function findUserRows(db: Driver, ids: readonly number[]): Promise<UserRow[]> {
  return await allInList<UserRow>(
    db,
    `SELECT DISTINCT ${USER_COLUMNS} FROM users AS u WHERE u.id IN (${LIST})`,
    [],
    ids,
  );
}

export async function requireUser(db: Driver, id: number): Promise<User> {
  const found = await findUser(db, id);
  if (found === null) throw notFound("user");
  return found;
}

/** The same with the settings, which are private to the user. */
export async function requireMe(db: Driver, userId: number): Promise<Me> {
  const row = await db.get<MeRow>(
    `SELECT ${ME_COLUMNS} FROM users AS u WHERE u.id = ?`,
    [userId],
  );
  if (row === undefined) throw notFound("user");
  return toMe(row);
}

/** The actor, if only their account decides; `sentence` is the error for those who may not act. */
export async function requireActor(
  db: Driver,
  userId: number,
  rule: (user: UserFacts) => Verdict,
  sentence: string,
): Promise<User> {
  const user = await requireUser(db, userId);
  requireEnabled(user);
  if (rule(user) !== "allowed") throw new ConfabError("forbidden", sentence);
  return user;
}

/** Anybody whose account is not disabled. */
export async function requireActive(db: Driver, userId: number): Promise<User> {
  const user = await requireUser(db, userId);
  requireEnabled(user);
  return user;
}

/** Checked before everything else, so that the answer does not reveal whether something exists. */
export function requireEnabled(user: UserFacts): void {
  if (mayAct(user) === "allowed") return;
  throw new ConfabError("forbidden", "This account is disabled.");
}
