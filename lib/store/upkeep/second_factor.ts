/** What an operator may do about second factors, beside a server. No event: each sign-in reads them. */
import type { User } from "../../protocol/people.ts";
import type { Timestamp } from "../../protocol/time.ts";
import type { Driver } from "../driver.ts";
import { dropFactors } from "../operations/parts/factors.ts";
import { findAccount } from "./accounts.ts";

/** Takes every second factor of an account away. Throws `DatabaseRefusal` if there is no account. */
export async function takeFactors(
  db: Driver,
  name: string,
  at: Timestamp,
): Promise<{ user: User; had: boolean }> {
  const user = await findAccount(db, name);
  const had = await dropFactors(db, user.id, { actor: "operator", address: null, at });
  return { user, had };
}
