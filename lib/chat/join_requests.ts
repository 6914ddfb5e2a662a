/** Requests to join, as staff see and decide them. They are asked in `lib/auth/`. */
import { mayDecideRequests, mayInviteTo } from "../protocol/door_permissions.ts";
import * as input from "../protocol/join_requests.ts";
import { LIMITS } from "../protocol/limits.ts";
import { byAccount, defineCommand, inTransaction } from "./command.ts";

export const listJoinRequests = defineCommand({
  schema: input.listJoinRequests,
  access: byAccount(mayDecideRequests),
  run: ({ store }, actor, page): Promise<input.JoinRequestsPage> => {
    const { state = "waiting", after = null, limit = LIMITS.pageDefault } = page;
    return store.listJoinRequests({ userId: actor.userId, state, after, limit });
  },
});

export const decideJoinRequest = defineCommand({
  schema: input.decideJoinRequest,
  access: inTransaction(mayDecideRequests, mayInviteTo),
  metered: true,
  run: ({ store, now }, actor, decision): Promise<input.JoinRequest> => {
    const { id, state, role = "member", rooms = [] } = decision;
    const { userId, address } = actor;
    return store.decideJoinRequest({ userId, id, state, role, rooms, address, now: now() });
  },
});
