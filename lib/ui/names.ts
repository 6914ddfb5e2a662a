/** How people and rooms are named, and told apart. Pure. */
import { isFewEmoji } from "../protocol/emoji.ts";
import { graphemes } from "../protocol/graphemes.ts";
import type { KnownUsers } from "../client/model.ts";
import type { Language } from "../protocol/accounts.ts";
import type { Message } from "../protocol/messages.ts";
import type { User } from "../protocol/people.ts";
import type { MemberRoom, Room } from "../protocol/rooms.ts";
import type { Catalogue } from "./catalogue/catalogue.ts";
import { isolate } from "./direction.ts";

export type Users = KnownUsers;

/**
 * What somebody is called in a sentence or a title: both names where the display name alone could
 * be taken for somebody else's, as `Byline` has it where there is room for two pieces.
 */
export function userName(users: Users, id: number, otherwise = "…"): string {
  const user = users.get(id);
  return user === undefined ? otherwise : fullName(user);
}

export function fullName(user: User): string {
  const handle = handleOf(user);
  return handle === null ? plainName(user) : `${isolate(plainName(user))} (${handle})`;
}

/** For initials, and wherever the username is shown beside it anyway. */
export function plainName(user: User): string {
  return user.displayName || user.username;
}

/** An "@" in a display name could pass for somebody's username. */
const AT = /[@\uff20\ufe6b]/;

/**
 * "@ann", if the display name needs it: somebody else's looks the same, or it imitates a username.
 */
export function handleOf(user: User): string | null {
  return user.namesake || AT.test(user.displayName) ? `@${user.username}` : null;
}

/** The author as known now; if not known, the message's own copy of the name. */
export function authorName(
  users: Users,
  message: Pick<Message, "userId" | "username">,
): string {
  return userName(users, message.userId, message.username);
}

/** A room's name; a direct room is named after the other people in it. */
export function roomTitle(
  room: Room,
  users: Users,
  self: number,
  words: Catalogue,
): string {
  if (room.kind !== "direct") return room.name ?? "";
  if (!room.users) return words.sidebar.directFallback;
  const others = room.users.filter((id) => id !== self);
  if (others.length === 0) return words.sidebar.justYou(userName(users, self));
  const names: string[] = [];
  for (const id of others) {
    // More would not be seen, and fifteen long names for each of many rooms make a heavy page.
    if (names.join(", ").length > LONG_TITLE) break;
    names.push(isolate(userName(users, id)));
  }
  const rest = others.length - names.length;
  return names.join(", ") + (rest > 0 ? `, +${rest}` : "");
}

/** UTF-16 units after which the people of a group are counted and not named. */
const LONG_TITLE = 60;

/** For an avatar: the first letters of the first and last word; an emoji is used alone. */
export function initials(name: string): string {
  const words = name.slice(0, 256).trim().split(/[\s_.-]+/u).filter((word) => word !== "");
  const first = initial(words[0] ?? "?");
  if (words.length < 2 || isFewEmoji(first)) return first;
  const last = initial(words.at(-1)!);
  return isFewEmoji(last) ? first : first + last;
}

/** In capitals by no language's rules: server and browser must agree. "ß" stays: "SS" is two. */
function initial(word: string): string {
  const [first = ""] = graphemes(word, 1);
  const capital = first.toUpperCase();
  return capital.length === first.length ? capital : first;
}

/** How many colours the style sheets have for avatars. */
export const TINTS = 8;

/** The same person has the same colour everywhere: ids that follow each other differ in it. */
export function tintClass(id: number): string {
  return `tint-${(id * 5) % TINTS}`;
}

/** Rooms sorted by title in the language's order; archived ones last. */
export function sortRooms<T extends { room: MemberRoom; title: string }>(
  rooms: T[],
  language: Language,
): T[] {
  return rooms.toSorted((a, b) =>
    Number(a.room.archived) - Number(b.room.archived) ||
    compareNames(language, a.title, b.title)
  );
}

/** The order of names as the language has it. */
export function compareNames(language: Language, a: string, b: string): number {
  return collatorOf(language).compare(a, b);
}

/** Made when there is something to compare: loading a language's order takes a phone 100 ms. */
const collators = new Map<Language, Intl.Collator>();

function collatorOf(language: Language): Intl.Collator {
  let found = collators.get(language);
  if (found === undefined) {
    found = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
    collators.set(language, found);
  }
  return found;
}
