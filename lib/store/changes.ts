/**
 * What was committed, for the connections that care, and how each kind of it reaches other nodes.
 * Plain data: it crosses threads and, as JSON, processes.
 */
import type { Me } from "../protocol/accounts.ts";
import type { SessionEnd } from "../protocol/codes.ts";
import type { CustomEmoji } from "../protocol/custom_emoji.ts";
import type { SignIn } from "../protocol/devices.ts";
import type { LaterCounts } from "../protocol/later.ts";
import type { Message } from "../protocol/messages.ts";
import type { User } from "../protocol/people.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import type { Scheduled } from "../protocol/scheduled.ts";
import type { Timestamp } from "../protocol/time.ts";

/** Somebody's own state of a thread. */
export interface OwnThread {
  userId: number;
  following: boolean;
  readSeq: number;
  /** There is something new for them. */
  fresh: boolean;
}

/**
 * Something that has been committed. `access` is the room's, as the transaction left it: it rises
 * by 1 with each change of who may read or write there. A node that delivers a message knows by it
 * whether its own picture of the members is too old for it.
 */
export type Change =
  | { type: "message"; room: number; rev: number; access: number; message: Message }
  /** The room entered a member's list. `people`: those of a direct room, after whom it is named. */
  | { type: "joined"; userId: number; room: MemberRoom; access: number; people?: User[] }
  /** The room left the list: the user left it, or (`hidden`) hid it for now. */
  | { type: "left"; userId: number; room: number; access: number; hidden?: true }
  | { type: "room"; room: number }
  /** A member's own settings for a room: not sent to others. */
  | { type: "membership"; userId: number; room: number }
  | { type: "user"; user: User }
  /** Language, theme: only for the user's own tabs and devices. */
  | { type: "settings"; userId: number; user: Me }
  /** Only for the user's own tabs and devices. */
  | { type: "saved"; userId: number; message: number; on: boolean }
  /** A voice message was heard: for who heard it, and in a direct room for its author. */
  | { type: "heard"; userId: number; message: number }
  /** `scheduled`: as it is now, null if it is kept no longer; `message`: as which it was sent. */
  | {
    type: "scheduled";
    userId: number;
    id: number;
    scheduled: Scheduled | null;
    message?: number;
    later: LaterCounts;
  }
  /** The time has come. */
  | { type: "reminder"; userId: number; message: Message; at: number; later: LaterCounts }
  /** There is one for that message, or (`at: null`) none any more. */
  | {
    type: "reminderSet";
    userId: number;
    message: number;
    at: number | null;
    later: LaterCounts;
  }
  /** What it says now is read by whoever tells it: texts do not stand in events. */
  | { type: "draft"; userId: number; room: number; thread: number | null }
  /** Somebody signed in: for the user's other devices, but for the one that confirmed it. */
  | { type: "signIn"; userId: number; signIn: SignIn; confirmedBy: number | null }
  /** Some of them were acknowledged. */
  | { type: "signInsSeen"; userId: number }
  /** `seenAt`: in a direct room, where the others may know of it. */
  | { type: "read"; userId: number; room: number; seq: number; seenAt?: Timestamp }
  /** The mark went back, because the user said so. */
  | { type: "unread"; userId: number; room: number; seq: number }
  /** For each of these people alone: something new came into a thread, or they have read it. */
  | { type: "thread"; room: number; root: number; states: OwnThread[] }
  /** The same, because they said that they follow it or do not, or have read what was new. */
  | { type: "follow"; room: number; root: number; states: OwnThread[] }
  /** How many requests to join wait: for staff. */
  | { type: "requests"; waiting: number }
  /** A custom emoji was added, or (`null`) removed: the list's revision rose by 1. */
  | { type: "emoji"; revision: number; name: string; emoji: CustomEmoji | null }
  /** What staff have set for everybody; `null` where it was taken back. */
  | { type: "workspace"; set: Record<string, unknown> }
  | {
    type: "revoked";
    userId: number;
    /** Which sessions ended. */
    sessions: "all" | number[];
    reason: SessionEnd;
  };

/**
 * `signal`: sent over the bus, at most once; who misses it finds out from the room's head, or need
 * not know. `durable`: a lost one would leave somebody in a room they were removed from, so it is
 * a row of `events`, written in the transaction that made it, and every node reads them all.
 */
const CARRIED = {
  message: "signal",
  read: "signal",
  thread: "signal",
  follow: "durable",
  joined: "durable",
  left: "durable",
  room: "durable",
  membership: "durable",
  user: "durable",
  settings: "durable",
  saved: "durable",
  heard: "durable",
  draft: "durable",
  unread: "durable",
  scheduled: "durable",
  reminder: "durable",
  reminderSet: "durable",
  signIn: "durable",
  signInsSeen: "durable",
  requests: "durable",
  revoked: "durable",
  emoji: "durable",
  workspace: "durable",
} as const satisfies Record<Change["type"], "signal" | "durable">;

type DurableType = {
  [Type in Change["type"]]: (typeof CARRIED)[Type] extends "durable" ? Type : never;
}[Change["type"]];

export type DurableChange = Extract<Change, { type: DurableType }>;

export function isDurable(change: Change): change is DurableChange {
  return CARRIED[change.type] === "durable";
}
