/** Changing an account's role or state, and what ends with it. Checks no permission. */
import type { SessionEnd } from "../../../protocol/codes.ts";
import type { User } from "../../../protocol/people.ts";
import type { Driver } from "../../driver.ts";
import type { Change } from "../../store.ts";
import type { Written } from "../operation.ts";
import { type Act, recordAudit } from "./audit.ts";
import { dropPendingSignIns } from "./factors.ts";
import { forgetResetsAround } from "./resets.ts";
import { type EndedRow, rememberEnds } from "./session_rows.ts";

/** Who changes it, from where, and when. */
type By = Pick<Act<"user.role">, "actor" | "address" | "at">;

export async function changeAccount(
  db: Driver,
  before: User,
  change: { disabled?: boolean | undefined; role?: User["role"] | undefined },
  by: By,
): Promise<Written<User>> {
  const user: User = {
    ...before,
    disabled: change.disabled ?? before.disabled,
    role: change.role ?? before.role,
  };
  if (user.disabled === before.disabled && user.role === before.role) {
    return { result: before, changes: [] };
  }
  await db.run(
    "UPDATE users SET disabled = ?, role = ? WHERE id = ?",
    [user.disabled ? 1 : 0, user.role, user.id],
  );
  await recordChange(db, before, user, by);
  await forgetResetsAround(db, user.id);
  const changes: Change[] = [{ type: "user", user }];
  if (user.disabled && !before.disabled) {
    changes.push(await endAllSessions(db, user.id, "disabled"));
  }
  return { result: user, changes };
}

/** Whether nobody is behind the account any more: it never comes back. */
export async function isErased(db: Driver, userId: number): Promise<boolean> {
  const row = await db.get<{ erased_at: number | null }>(
    "SELECT erased_at FROM users WHERE id = ?",
    [userId],
  );
  return (row?.erased_at ?? null) !== null;
}

async function recordChange(db: Driver, before: User, { id, role, disabled }: User, by: By) {
  const target = { user: id };
  if (role !== before.role) {
    const detail = { from: before.role, to: role };
    await recordAudit(db, { ...by, action: "user.role", target, detail });
  }
  if (disabled !== before.disabled) {
    const action = disabled ? "user.disabled" : "user.enabled";
    await recordAudit(db, { ...by, action, target, detail: {} });
  }
}

export async function endAllSessions(
  db: Driver,
  userId: number,
  reason: SessionEnd,
): Promise<Change> {
  const ended = await db.all<EndedRow>(
    "DELETE FROM sessions WHERE user_id = ? RETURNING id, expires_at",
    [userId],
  );
  await rememberEnds(db, userId, ended, reason);
  await dropPendingSignIns(db, userId);
  return { type: "revoked", userId, sessions: "all", reason };
}
