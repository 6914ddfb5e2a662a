/** Where the page of saved messages is, and its props. Pure. */
import type { Language, Me } from "../../protocol/accounts.ts";
import type { Message } from "../../protocol/messages.ts";
import type { User } from "../../protocol/people.ts";
import type { Room } from "../../protocol/rooms.ts";
import type { Timestamp } from "../../protocol/time.ts";

export interface SavedPlace {
  /** The room that the reader came from: the way back leads there. */
  room: number | null;
  /** Shows the page after the one whose `next` this was. */
  before?: number | null;
}

export interface SavedProps {
  language: Language;
  me: Me;
  /** Whose page it is: its forms change nothing for anybody else. */
  sessionId: number;
  instance: string;
  place: SavedPlace;
  /** What was saved last comes first. */
  messages: readonly Message[];
  next: number | null;
  /** Includes the rooms of the messages. */
  rooms: readonly Room[];
  users: readonly User[];
  now: Timestamp;
}

export function savedPath({ room, before = null }: SavedPlace): string {
  const query = new URLSearchParams();
  if (room !== null) query.set("room", String(room));
  if (before !== null) query.set("before", String(before));
  return `/saved${query.size === 0 ? "" : `?${query}`}`;
}
