/** The people an unfinished mention may mean, the likeliest first. Pure. */
import type { KnownUsers } from "../../client/model.ts";
import type { Message } from "../../protocol/messages.ts";
import type { User } from "../../protocol/people.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { mayReach } from "../../protocol/permissions.ts";
import { type FoundPeople, matching, merged } from "../people_search.ts";

/** How many are offered. */
const OFFERED = 6;
/** As many as the server names at most: of fewer it can be said who is not among them. */
const WHOLE_ANSWER = 50;
/** Messages whose authors count as having spoken lately. */
const LATELY = 200;

export interface MentionFacts {
  prefix: string;
  self: number;
  room: MemberRoom | undefined;
  users: KnownUsers;
  messages: readonly Message[];
  /** Members of the room, as the server found them. */
  answer: FoundPeople;
}

/**
 * Whose username it is; who spoke lately, then the members that the server found, then others who
 * are known: the room's people alone where it is known who they are; oneself at the end. Whoever
 * stands first while the answer is awaited stays there, unless it says that this is no member: Enter
 * must not take somebody else.
 */
export function mentionable(facts: MentionFacts): User[] {
  const { prefix, self, room, users, messages, answer } = facts;
  const possible = (found: readonly User[]) =>
    matching(found, prefix).filter((user) => mayReach(user) === "allowed");
  const known = possible(peopleOf(room, users));
  const lately = possible(authorsOf(messages, users));
  const members = possible(answer.people);
  const answered = answer.query === prefix;
  const apart = answered && answer.people.length < WHOLE_ANSWER
    ? known.filter((user) => !members.some(({ id }) => id === user.id))
    : [];
  const first = merged(lately, beginning(known, prefix)).slice(0, 1)
    .filter((user) => !apart.includes(user));
  const all = merged(first, lately, beginning(members, prefix), beginning(known, prefix));
  const place = (user: User) => isCalled(user, prefix) ? 0 : user.id === self ? 2 : 1;
  return all.sort((a, b) => place(a) - place(b)).slice(0, OFFERED);
}

function peopleOf(room: MemberRoom | undefined, users: KnownUsers): User[] {
  if (room?.users === undefined) return [...users.values()];
  return room.users.flatMap((id) => users.get(id) ?? []);
}

/** The latest first. */
function authorsOf(messages: readonly Message[], users: KnownUsers): User[] {
  const ids = new Set(messages.slice(-LATELY).toReversed().map((message) => message.userId));
  return [...ids].flatMap((id) => users.get(id) ?? []);
}

function isCalled(user: User, name: string): boolean {
  return user.username.toLowerCase() === name.toLowerCase();
}

/** A match at the start of the username comes before a match in another word. */
function beginning(users: readonly User[], prefix: string): User[] {
  const begins = (user: User) => user.username.toLowerCase().startsWith(prefix.toLowerCase());
  return [...users.filter(begins), ...users.filter((user) => !begins(user))];
}
