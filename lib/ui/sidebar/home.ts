/** Which room the chat opens by itself. Pure: the server asks when it writes the page at `/`. */
import type { Language } from "../../protocol/accounts.ts";
import type { User } from "../../protocol/people.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { roomTitle, sortRooms } from "../names.ts";

export interface Home {
  rooms: readonly MemberRoom[];
  users: readonly User[];
  /** Where the user was last. */
  lastRoom: number | null;
}

/**
 * The room that one was in last; else the first in the list with something unread, else the first.
 * Null where there is none. One that was left or archived meanwhile does not count.
 */
export function homeRoom(
  { rooms, users, lastRoom }: Home,
  self: number,
  language: Language,
  words: Catalogue,
): number | null {
  const open = rooms.filter((room) => !room.archived);
  if (open.some(({ id }) => id === lastRoom)) return lastRoom;
  const known = new Map(users.map((user) => [user.id, user]));
  const listed = sortRooms(
    open.map((room) => ({ room, title: roomTitle(room, known, self, words) })),
    language,
  ).map(({ room }) => room);
  // In the list's order: direct rooms below the others.
  const inOrder = [
    ...listed.filter(({ kind }) => kind !== "direct"),
    ...listed.filter(({ kind }) => kind === "direct"),
  ];
  return (inOrder.find(isFresh) ?? inOrder[0])?.id ?? null;
}

/** Has something unread that the list shows. */
function isFresh({ membership: { unread, mentions, notify } }: MemberRoom): boolean {
  return notify === "all" ? unread > 0 : notify === "mentions" && mentions > 0;
}
