/** Invitations. Who has no account uses them in `lib/auth/`. */
import { mayInvite, mayInviteTo, mayRevokeInvite } from "../protocol/door_permissions.ts";
import { INVITE_BYTES, inviteCodeOf } from "../protocol/invite_codes.ts";
import * as input from "../protocol/invites.ts";
import { LIMITS } from "../protocol/limits.ts";
import { mayAct } from "../protocol/permissions.ts";
import { byAccount, defineCommand, inTransaction } from "./command.ts";

export const createInvite = defineCommand({
  schema: input.createInvite,
  access: inTransaction(mayInvite, mayInviteTo),
  metered: true,
  run: (context, actor, wanted): Promise<input.Invite> => {
    const { store, workspace, randomBytes, now } = context;
    const { role = "member", rooms = [], uses = null, expiresAt = null } = wanted;
    return store.createInvite({
      userId: actor.userId,
      code: inviteCodeOf(randomBytes(INVITE_BYTES)),
      ...{ role, rooms, uses, expiresAt },
      inviters: workspace.get("inviters"),
      address: actor.address,
      now: now(),
    });
  },
});

/** All of them for staff, one's own for others. */
export const listInvites = defineCommand({
  schema: input.listInvites,
  access: byAccount(mayAct),
  run: ({ store, workspace, now }, actor, page): Promise<input.InvitesPage> => {
    const { state = "open", before = null, limit = LIMITS.pageDefault } = page;
    return store.listInvites({
      userId: actor.userId,
      state,
      before,
      limit,
      inviters: workspace.get("inviters"),
      now: now(),
    });
  },
});

export const revokeInvite = defineCommand({
  schema: input.revokeInvite,
  access: inTransaction(mayRevokeInvite),
  metered: true,
  run: ({ store, now }, actor, { id }): Promise<void> =>
    store.revokeInvite({ userId: actor.userId, id, address: actor.address, now: now() }),
});

/** Somebody who has an account comes into its rooms. */
export const acceptInvite = defineCommand({
  schema: input.acceptInvite,
  access: byAccount(mayAct),
  metered: true,
  run: ({ store, workspace, now }, actor, { code }): Promise<{ rooms: number[] }> => {
    const { userId, address } = actor;
    return store.acceptInvite({
      userId,
      code,
      address,
      inviters: workspace.get("inviters"),
      now: now(),
    });
  },
});
