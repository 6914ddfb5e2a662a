/** People: profiles, one's own settings, and what admins do to accounts. */
import { notFound } from "../errors.ts";
import * as field from "../protocol/fields.ts";
import { type Me, patchMe, patchUser } from "../protocol/accounts.ts";
import type { User } from "../protocol/people.ts";
import { defineCommand, roomDecides, signedIn, staffOnly, unlessGuest } from "./command.ts";

/** How many people a search shows; a longer list is narrowed by more letters. */
const PEOPLE_LIMIT = 50;

export const searchUsers = defineCommand({
  schema: field.object(() => ({ q: field.search })),
  access: unlessGuest,
  run: ({ store }, _actor, { q }): Promise<User[]> => store.searchUsers({ q, limit: PEOPLE_LIMIT }),
});

/** Guests may: they see who is in their rooms. */
export const searchMembers = defineCommand({
  schema: field.object(() => ({ room: field.id, q: field.search })),
  access: roomDecides,
  run: ({ store }, actor, { room, q }): Promise<User[]> =>
    store.searchMembers({ userId: actor.userId, room, q, limit: PEOPLE_LIMIT }),
});

/** Those of these people whom the actor may know: to a guest, who is in the same rooms. */
export const listUsers = defineCommand({
  schema: field.object(() => ({
    ids: field.people,
    room: field.id.optional(),
  })),
  access: signedIn,
  run: ({ store }, actor, { ids, room }): Promise<User[]> =>
    store.usersById({ userId: actor.userId, ids, room }),
});

export const getUser = defineCommand({
  schema: field.object(() => ({ id: field.id })),
  access: unlessGuest,
  run: async ({ store }, _actor, { id }): Promise<User> => {
    const user = await store.user({ id });
    if (user === null) throw notFound("user");
    return user;
  },
});

export const updateMe = defineCommand({
  schema: patchMe,
  access: signedIn,
  metered: true,
  run: ({ store }, actor, input): Promise<Me> => store.updateMe({ userId: actor.userId, ...input }),
});

/** Disabling ends the account's sessions and closes its sockets. */
export const updateUser = defineCommand({
  schema: field.object(() => ({ ...patchUser.unwrap().shape, userId: field.id })),
  access: staffOnly,
  metered: true,
  run: ({ store, now }, actor, input): Promise<User> =>
    store.updateUser({ actorId: actor.userId, now: now(), ...input }),
});
