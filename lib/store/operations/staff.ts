/** What staff do about people's accounts, beside their roles and states. */
import { ConfabError } from "../../errors.ts";
import type { User } from "../../protocol/people.ts";
import { mayHandOver, mayOwn } from "../../protocol/ownership.ts";
import { mayAdminister } from "../../protocol/permissions.ts";
import type { AccountsPage, StaffAccount } from "../../protocol/staff.ts";
import type { StaffAct } from "../contract/staff.ts";
import type { Driver } from "../driver.ts";
import { type Input, NO_CHANGES, read, write } from "./operation.ts";
import { endAllSessions, isErased } from "./parts/account_changes.ts";
import { recordAudit } from "./parts/audit.ts";
import { lockBoth, requireChangeable } from "./parts/changing_accounts.ts";
import {
  erasePerson,
  type Erasure,
  leaveSomeRooms,
  planErasure,
  takeSomeTexts,
} from "./parts/erasing.ts";
import { forgetResetsAround } from "./parts/resets.ts";
import { findAccounts, requireAccount } from "./parts/staff_accounts.ts";
import { requireActor, requireUser } from "./parts/users.ts";

export const listAccounts = read(
  async (db: Driver, input: Input<"listAccounts">): Promise<AccountsPage> => {
    await requireActor(db, input.userId, mayAdminister, "Only staff see the accounts.");
    return await findAccounts(db, input);
  },
);

export const getAccount = read(
  async (db: Driver, input: Input<"getAccount">): Promise<StaffAccount> => {
    await requireActor(db, input.userId, mayAdminister, "Only staff see the accounts.");
    return await requireAccount(db, input.id, input.now);
  },
);

const byOf = (actor: User, { address, now }: StaffAct) => ({ actor, address, at: now });

export const signOutUser = write(async (db: Driver, input: Input<"signOutUser">) => {
  const { actor, user } = await requireChangeable(db, input);
  await recordAudit(db, {
    ...byOf(actor, input),
    action: "user.signed_out",
    target: { user: user.id },
    detail: {},
  });
  return { result: undefined, changes: [await endAllSessions(db, user.id, "revoked")] };
});

export const removeUserAvatar = write(async (db: Driver, input: Input<"removeUserAvatar">) => {
  const { actor, user } = await requireChangeable(db, input);
  if (user.avatar === null) return { result: undefined, changes: NO_CHANGES };
  await db.run("DELETE FROM avatars WHERE user_id = ?", [user.id]);
  await db.run("UPDATE users SET avatar = NULL WHERE id = ?", [user.id]);
  await recordAudit(db, {
    ...byOf(actor, input),
    action: "user.picture",
    target: { user: user.id },
    detail: {},
  });
  return { result: undefined, changes: [{ type: "user", user: { ...user, avatar: null } }] };
});

export const handOver = write(async (db: Driver, input: Input<"handOver">) => {
  await lockBoth(db, input);
  const sentence = "Only the owner gives the place away, to a member or an admin.";
  const actor = await requireActor(db, input.actorId, mayOwn, sentence);
  const user = await requireUser(db, input.userId);
  if (mayHandOver(actor, { ...user, isOwn: user.id === actor.id }) !== "allowed") {
    throw new ConfabError("forbidden", sentence);
  }
  await db.run("UPDATE users SET role = 'owner' WHERE id = ?", [user.id]);
  await db.run("UPDATE users SET role = 'admin' WHERE id = ?", [actor.id]);
  for (const { id } of [user, actor]) await forgetResetsAround(db, id);
  await recordAudit(db, {
    ...byOf(actor, input),
    action: "owner.handed_over",
    target: { user: user.id },
    detail: {},
  });
  const [result, before] = [await requireUser(db, user.id), await requireUser(db, actor.id)];
  return { result, changes: [{ type: "user", user: result }, { type: "user", user: before }] };
});

export const eraseUser = write(async (db: Driver, input: Input<"eraseUser">) => {
  await db.lockNames();
  const { actor, user: before } = await requireChangeable(db, input);
  const { texts, username } = input;
  const again = await isErased(db, before.id);
  // Once more, for the texts that were kept the first time.
  if (again && texts === "keep") return { result: before, changes: NO_CHANGES };
  await planErasure(db, before.id, texts);
  await recordAudit(db, {
    ...byOf(actor, input),
    action: "user.erased",
    target: { user: before.id },
    detail: { texts, username },
  });
  if (again) return { result: before, changes: NO_CHANGES };
  const changes = await erasePerson(db, before, input);
  return { result: await requireUser(db, before.id), changes };
});

export const eraseMore = write(async (db: Driver, { now }: Input<"eraseMore">) => {
  const find = () =>
    db.get<Erasure>(
      "SELECT user_id, texts, after_message FROM erasures WHERE user_id > 0 ORDER BY user_id LIMIT 1",
      [],
    );
  const first = await find();
  if (first === undefined) return { result: false, changes: NO_CHANGES };
  await db.lockUser(first.user_id);
  // Another node may have been faster.
  const erasure = await find();
  if (erasure?.user_id !== first.user_id) return { result: true, changes: NO_CHANGES };
  const { user_id: userId, texts } = erasure;
  const changes = await leaveSomeRooms(db, userId) ??
    (texts === "take" ? await takeSomeTexts(db, erasure, now) : null);
  if (changes !== null) return { result: true, changes };
  await db.run("DELETE FROM erasures WHERE user_id = ?", [userId]);
  return { result: true, changes: NO_CHANGES };
});
