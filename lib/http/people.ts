/** The people in an answer or a page, if the caller may see them. */
import { PEOPLE_ASKED } from "../protocol/limits.ts";
import type { Message } from "../protocol/messages.ts";
import type { User } from "../protocol/people.ts";
import { knowsEverybody } from "../protocol/permissions.ts";
import { callerOf, type Ctx, run } from "./state.ts";

/** How many names a reaction shows before it counts the others. */
const REACTORS = 12;

/**
 * Those of the people with these ids whom the caller may see. A guest's connections get their
 * events from now on; they are then read again, so that no change is missed.
 */
export async function acquaintances(ctx: Ctx, ids: number[], room?: number): Promise<User[]> {
  const read = () => run(ctx, "listUsers", { ids, room });
  const found = await read();
  const { user } = callerOf(ctx);
  if (knowsEverybody(user)) return found;
  return ctx.state.services.hub.introduce(user.id, found) ? await read() : found;
}

/**
 * These people, and those named in the messages: a rendered page shows their names at once. If
 * there are very many, the first, authors before all; the browser requests the others.
 */
export async function withPeopleOf(
  ctx: Ctx,
  users: readonly User[],
  messages: readonly Message[],
): Promise<User[]> {
  const known = new Set(users.map((user) => user.id));
  const ids = namedIn(messages).filter((id) => !known.has(id)).slice(0, PEOPLE_ASKED);
  return ids.length === 0 ? [...users] : [...users, ...await run(ctx, "listUsers", { ids })];
}

function namedIn(messages: readonly Message[]): number[] {
  const authors = messages.map((message) => message.userId);
  const mentioned = messages.flatMap((message) => message.mentions);
  const reacted = messages.flatMap((message) =>
    Object.values(message.reactions).flatMap((ids) => ids.slice(0, REACTORS))
  );
  return [...new Set([...authors, ...mentioned, ...reacted])];
}
