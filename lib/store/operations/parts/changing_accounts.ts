/**
 * Somebody who changes another's account: both locked, so that neither becomes another meanwhile, and
 * the rule asked in one way, whatever is changed.
 */
import { ConfabError } from "../../../errors.ts";
import type { User } from "../../../protocol/people.ts";
import { mayChangeAccount, mayChangeAccounts } from "../../../protocol/permissions.ts";
import type { Driver } from "../../driver.ts";
import { requireActor, requireUser } from "./users.ts";

export interface TwoPeople {
  actorId: number;
  userId: number;
}

export interface Changing {
  actor: User;
  user: User;
}

/** In ascending order: two who change each other must not wait for each other. */
export async function lockBoth(db: Driver, { actorId, userId }: TwoPeople): Promise<void> {
  for (const id of [actorId, userId].sort((a, b) => a - b)) await db.lockUser(id);
}

/** Locks both. `forbidden` for whoever is not staff any more, and where the account is not theirs to change. */
export async function requireChangeable(
  db: Driver,
  people: TwoPeople,
  sentence = "You may not change this account.",
): Promise<Changing> {
  await lockBoth(db, people);
  const actor = await requireActor(db, people.actorId, mayChangeAccounts, sentence);
  const user = await requireUser(db, people.userId);
  const account = { role: user.role, isOwn: user.id === actor.id };
  if (mayChangeAccount(actor, account) !== "allowed") throw new ConfabError("forbidden", sentence);
  return { actor, user };
}
