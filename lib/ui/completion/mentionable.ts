/** The people whom an unfinished mention may mean, most likely first. Pure. */
import type { KnownUsers } from "../../client/model.ts";
import type { Message } from "../../protocol/messages.ts";
import type { User } from "../../protocol/people.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { mayReach } from "../../protocol/permissions.ts";
import { type FoundPeople, matching, merged } from "../people_search.ts";

/** How many people to offer. */
const OFFERED = 6;
/** The most people the server returns. If it returns fewer, the list is complete. */
const WHOLE_ANSWER = 50;
/** How many recent messages to search for people who spoke lately. */
const LATELY = 200;

export interface MentionFacts {
  prefix: string;
  self: number;
  room: MemberRoom | undefined;
  users: KnownUsers;
  messages: readonly Message[];
  /** Members of the room that the server found. */
  answer: FoundPeople;
}

/**
 * The order: an exact username; people who spoke lately; members that the server found; other known
 * people; the reader last. If we know who is in the room, only its members are listed. While the
 * server's answer is awaited, the first person keeps the first place, unless the answer shows that
 * they are no member: Enter must not pick somebody else.
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
