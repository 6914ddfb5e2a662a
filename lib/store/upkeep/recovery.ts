/** Links to a new password that an operator makes, beside a server: no rule binds them. */
import type { User } from "../../protocol/people.ts";
import type { Timestamp } from "../../protocol/time.ts";
import type { Driver } from "../driver.ts";
import { recordAudit } from "../operations/parts/audit.ts";
import { insertReset } from "../operations/parts/resets.ts";
import { findAccount } from "./accounts.ts";
import { DatabaseRefusal } from "./database.ts";

/** Throws `DatabaseRefusal` where there is no such account, or it is disabled. */
export async function makeResetLink(
  db: Driver,
  name: string,
  link: { tokenHash: string; expiresAt: Timestamp; now: Timestamp },
): Promise<User> {
  const user = await findAccount(db, name);
  if (user.disabled) {
    throw new DatabaseRefusal(
      `${user.username} is disabled, and no password opens the account: "users enable" comes first.`,
    );
  }
  await insertReset(db, { ...link, userId: user.id, origin: "operator", makerId: null });
  await recordAudit(db, {
    actor: "operator",
    action: "user.reset_link",
    target: { user: user.id },
    detail: {},
    address: null,
    at: link.now,
  });
  return user;
}
