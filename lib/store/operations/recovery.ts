/** Links that set a new password, each once. */
import { ConfabError, notFound } from "../../errors.ts";
import { mayAct } from "../../protocol/permissions.ts";
import type { ResetOrigin } from "../../protocol/recovery.ts";
import type { Driver } from "../driver.ts";
import { type Input, NO_CHANGES, read, write } from "./operation.ts";
import { recordAudit } from "./parts/audit.ts";
import { requireChangeable } from "./parts/changing_accounts.ts";
import { dropPendingSignIns } from "./parts/factors.ts";
import { tellOwner } from "./parts/emails.ts";
import { forgetResetsOf, insertReset } from "./parts/resets.ts";
import { toUser, USER_COLUMNS, type UserRow } from "./parts/rows.ts";
import { endSessionsBut } from "./parts/session_rows.ts";
import { requireActive } from "./parts/users.ts";

const NOT_FOR_YOU = "You may not reset the password of this account.";

export const makeReset = write(async (db: Driver, input: Input<"makeReset">) => {
  const { actorId, userId, address, ...link } = input;
  const { user } = await requireChangeable(db, input, NOT_FOR_YOU);
  if (mayAct(user) !== "allowed") {
    throw new ConfabError("forbidden", "The account is disabled: no password opens it.");
  }
  await insertReset(db, { userId, origin: "staff", makerId: actorId, ...link });
  await recordAudit(db, {
    actor: { id: actorId },
    action: "user.reset_link",
    target: { user: userId },
    detail: {},
    address,
    at: input.now,
  });
  return { result: undefined, changes: NO_CHANGES };
});

export const findReset = read(async (db: Driver, input: Input<"findReset">) => {
  const row = await db.get<UserRow>(
    `SELECT ${USER_COLUMNS} FROM resets AS r JOIN users AS u ON u.id = r.user_id
     WHERE r.token_hash = ? AND r.expires_at > ?`,
    [input.tokenHash, input.now],
  );
  return row === undefined || mayAct(toUser(row)) !== "allowed" ? null : { user: toUser(row) };
});

export const useReset = write(async (db: Driver, input: Input<"useReset">) => {
  const { tokenHash, passwordHash, now } = input;
  const find = async () => {
    const row = await db.get<{ user_id: number; origin: ResetOrigin }>(
      "SELECT user_id, origin FROM resets WHERE token_hash = ? AND expires_at > ?",
      [tokenHash, now],
    );
    if (row === undefined) throw notFound("reset link");
    return row;
  };
  const { user_id: userId, origin } = await find();
  await db.lockUser(userId); // whoever signs in with the old password just now is signed out, too
  await find(); // another one may have been faster
  const user = await requireActive(db, userId);
  await db.run("UPDATE users SET password_hash = ? WHERE id = ?", [passwordHash, userId]);
  await forgetResetsOf(db, userId);
  await dropPendingSignIns(db, userId); // proven by the old password
  await recordAudit(db, {
    actor: "stranger",
    action: "user.reset",
    target: { user: userId },
    detail: { link: origin },
    address: input.address,
    at: now,
  });
  await tellOwner(db, { kind: "password_reset", userId, now });
  return { result: { user }, changes: await endSessionsBut(db, userId, null, "password") };
});
