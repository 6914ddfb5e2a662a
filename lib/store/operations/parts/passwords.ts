/** Passwords' hashes, as operations compare them. Checks no permission. */
import type { Driver } from "../../driver.ts";

/** As it is now; "" for an account without one. Whoever compares it has locked the account. */
export async function passwordHashOf(db: Driver, userId: number): Promise<string | undefined> {
  const row = await db.get<{ password_hash: string }>(
    "SELECT u.password_hash FROM users AS u WHERE u.id = ?",
    [userId],
  );
  return row?.password_hash;
}
