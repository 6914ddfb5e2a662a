/** Finding people, and their profiles. */
import { notFound } from "../errors.ts";
import * as input from "../protocol/people.ts";
import { mayRead, maySearchPeople, maySeeUser } from "../protocol/permissions.ts";
import { byAccount, defineCommand, inTransaction } from "./command.ts";

/** How many people a search returns; typing more letters narrows it. */
const PEOPLE_LIMIT = 50;

export const searchUsers = defineCommand({
  schema: input.searchUsers,
  access: byAccount(maySearchPeople),
  run: ({ store }, { userId }, { q }): Promise<input.User[]> =>
    store.searchUsers({ userId, q, limit: PEOPLE_LIMIT }),
});

/** Guests may use this: they see who is in their rooms. */
export const searchMembers = defineCommand({
  schema: input.searchMembers,
  access: inTransaction(mayRead),
  run: ({ store }, actor, { room, q }): Promise<input.User[]> =>
    store.searchMembers({ userId: actor.userId, room, q, limit: PEOPLE_LIMIT }),
});

/** Those of these people the actor may see: for a guest, those in the same rooms. */
export const listUsers = defineCommand({
  schema: input.listUsers,
  access: inTransaction(maySeeUser, mayRead),
  run: ({ store }, actor, { ids, room }): Promise<input.User[]> =>
    store.listUsers({ userId: actor.userId, ids, room }),
});

/** For a guest, only people who share a room with them exist. */
export const getUser = defineCommand({
  schema: input.getUser,
  access: inTransaction(maySeeUser),
  run: async ({ store }, { userId }, { id }): Promise<input.User> => {
    const user = await store.getUser({ userId, id });
    if (user === null) throw notFound("user");
    return user;
  },
});
