/** Reading users. Knows no passwords and no rooms. */
import { notFound } from "../../errors.ts";
import type { Me } from "../../protocol/accounts.ts";
import type { User } from "../../protocol/people.ts";
import type { Driver } from "../driver.ts";
import { type Input, read } from "./operation.ts";
import { ME_COLUMNS, type MeRow, toMe, toUser, USER_COLUMNS, type UserRow } from "./rows.ts";

export async function findUser(db: Driver, id: number): Promise<User | null> {
  const row = await db.get<UserRow>(`SELECT ${USER_COLUMNS} FROM users AS u WHERE u.id = ?`, [id]);
  return row === undefined ? null : toUser(row);
}

export async function requireUser(db: Driver, id: number): Promise<User> {
  const found = await findUser(db, id);
  if (found === null) throw notFound("user");
  return found;
}

/** The same with the settings, which are the user's own business. */
export async function requireMe(db: Driver, userId: number): Promise<Me> {
  const row = await db.get<MeRow>(
    `SELECT ${ME_COLUMNS} FROM users AS u WHERE u.id = ?`,
    [userId],
  );
  if (row === undefined) throw notFound("user");
  return toMe(row);
}

export const user = read((db: Driver, input: Input<"user">) => findUser(db, input.id));
