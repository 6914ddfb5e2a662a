/** Catching up: everything a connection starts with, and what changed while it was away. */
import type { Me } from "../../protocol/accounts.ts";
import type { FreshThread } from "../../protocol/threads.ts";
import type { User } from "../../protocol/people.ts";
import type { HiddenRooms } from "../../protocol/listing.ts";
import type { JsonList } from "../../protocol/json_text.ts";
import type { LaterCounts } from "../../protocol/later.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import type { Changes } from "../../protocol/sync.ts";

/** What a connection needs at the start, in one consistent view. */
export interface Snapshot {
  /** With the settings, which may have changed on another device meanwhile. */
  user: Me;
  /** The list: bounded by `LISTED`, by id. */
  rooms: JsonList<MemberRoom>;
  /** Of each of these rooms, in their order: its id, its head, its `access` (`../changes.ts`). */
  ids: readonly number[];
  heads: readonly number[];
  accesses: readonly number[];
  /** The list has more rooms than it may hold: see `surplusRooms` and `hideRooms`. */
  surplus: boolean;
  hidden: HiddenRooms;
  /**
   * The people in direct rooms and in rooms of at most `SMALL_ROOM` members, as many as
   * `LISTED.userBytes` hold.
   */
  users: JsonList<User>;
  /** Of each of these people, in their order. */
  userIds: readonly number[];
  /** Ids of the messages that the user has saved. */
  saved: number[];
  /** What waits for its time. */
  later: LaterCounts;
  /** Followed threads of the listed rooms with something new; the newest, as many as fit. */
  threads: FreshThread[];
  /** Whether the user has drafts. */
  drafts: boolean;
  /** How many sign-ins nobody has acknowledged. */
  signIns: number;
  /** Of the list of custom emoji; 0 before the first. */
  emoji: number;
  /** Only for staff: how many requests to join wait. */
  requests?: number;
  /** The room the user was in last; it may have been left or archived, or no longer exist. */
  lastRoom: number | null;
}

export interface Sync {
  /** @param input.once nobody is about to ask for the same again: it need not be kept */
  snapshot(input: { userId: number; once?: boolean }): Promise<Snapshot>;
  /** What changed in a room after revision `since`, ascending by `rev`, in its latest state. */
  changes(
    input: { userId: number; room: number; since: number; limit: number },
  ): Promise<Changes>;
  /** The same without a permission check: for the hub, which knows who is in the room. */
  roomChanges(input: { room: number; since: number; limit: number }): Promise<Changes>;
}
