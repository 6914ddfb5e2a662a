/** People: profiles, one's own settings, and what admins do to accounts. */
import { notFound } from "../errors.ts";
import * as field from "../protocol/fields.ts";
import { type Me, patchMe, patchUser } from "../protocol/accounts.ts";
import type { User } from "../protocol/people.ts";
import {
  mayAct,
  mayChangeAccount,
  mayChangeAccounts,
  mayRead,
  maySearchPeople,
  maySeeUser,
} from "../protocol/permissions.ts";
import { byAccount, defineCommand, inTransaction } from "./command.ts";

/** How many people a search shows; a longer list is narrowed by more letters. */
const PEOPLE_LIMIT = 50;

export const searchUsers = defineCommand({
  schema: field.object(() => ({ q: field.search })),
  access: byAccount(maySearchPeople),
  run: ({ store }, { userId }, { q }): Promise<User[]> =>
    store.searchUsers({ userId, q, limit: PEOPLE_LIMIT }),
});

/** Guests may: they see who is in their rooms. */
export const searchMembers = defineCommand({
  schema: field.object(() => ({ room: field.id, q: field.search })),
  access: inTransaction(mayRead),
  run: ({ store }, actor, { room, q }): Promise<User[]> =>
    store.searchMembers({ userId: actor.userId, room, q, limit: PEOPLE_LIMIT }),
});

/** Those of these people whom the actor may know: to a guest, who is in the same rooms. */
export const listUsers = defineCommand({
  schema: field.object(() => ({
    ids: field.people,
    room: field.id.optional(),
  })),
  access: inTransaction(maySeeUser, mayRead),
  run: ({ store }, actor, { ids, room }): Promise<User[]> =>
    store.usersById({ userId: actor.userId, ids, room }),
});

/** To a guest there is only who shares a room with it. */
export const getUser = defineCommand({
  schema: field.object(() => ({ id: field.id })),
  access: inTransaction(maySeeUser),
  run: async ({ store }, { userId }, { id }): Promise<User> => {
    const user = await store.user({ userId, id });
    if (user === null) throw notFound("user");
    return user;
  },
});

export const updateMe = defineCommand({
  schema: patchMe,
  access: byAccount(mayAct),
  metered: true,
  run: ({ store }, actor, input): Promise<Me> => store.updateMe({ userId: actor.userId, ...input }),
});

/** Disabling ends the account's sessions and closes its sockets. */
export const updateUser = defineCommand({
  schema: field.object(() => ({ ...patchUser.unwrap().shape, userId: field.id })),
  access: inTransaction(mayChangeAccounts, mayChangeAccount),
  metered: true,
  run: ({ store, now }, actor, input): Promise<User> =>
    store.updateUser({ actorId: actor.userId, now: now(), ...input }),
});
