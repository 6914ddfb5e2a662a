/** Reading users, and the names by which they are compared. Knows no passwords and no rooms. */
import { notFound } from "../../errors.ts";
import { usernameKey } from "../../protocol/mentions.ts";
import type { User } from "../../protocol/objects.ts";
import type { Driver } from "../driver.ts";
import { type Input, read } from "./operation.ts";
import { toUser, USER_COLUMNS, type UserRow } from "./rows.ts";

/** The form in which names of people and rooms are compared: without case, look-alikes as one. */
export function nameKey(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

export async function findUser(db: Driver, id: number): Promise<User | null> {
  const row = await db.get<UserRow>(`SELECT ${USER_COLUMNS} FROM users AS u WHERE u.id = ?`, [id]);
  return row === undefined ? null : toUser(row);
}

export async function requireUser(db: Driver, id: number): Promise<User> {
  const found = await findUser(db, id);
  if (found === null) throw notFound("user");
  return found;
}

export const user = read((db: Driver, input: Input<"user">) => findUser(db, input.id));

/** Greater than every text that begins with the same prefix. */
const LAST_CHARACTER = "\u{10ffff}";

/**
 * Each half stops at the limit in its own index, so that one letter among a hundred thousand
 * people costs no more than a whole name. The price: of more display names than the limit, the
 * first by display name are found.
 */
const SEARCH = `
  SELECT * FROM (
    SELECT * FROM (
      SELECT ${USER_COLUMNS}, u.username_key FROM users AS u
      WHERE u.username_key >= ? AND u.username_key < ? ORDER BY u.username_key LIMIT ?
    ) AS by_username
    UNION
    SELECT * FROM (
      SELECT ${USER_COLUMNS}, u.username_key FROM users AS u
      WHERE u.display_key >= ? AND u.display_key < ? ORDER BY u.display_key, u.username_key LIMIT ?
    ) AS by_display_name
  ) AS found
  ORDER BY username_key LIMIT ?`;

export const searchUsers = read(async (db: Driver, input: Input<"searchUsers">) => {
  const username = usernameKey(input.q);
  const display = nameKey(input.q);
  const rows = await db.all<UserRow>(SEARCH, [
    username,
    username + LAST_CHARACTER,
    input.limit,
    display,
    display + LAST_CHARACTER,
    input.limit,
    input.limit,
  ]);
  return rows.map(toUser);
});
