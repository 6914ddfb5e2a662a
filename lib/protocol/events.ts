/**
 * What the server sends over the WebSocket: one frame is a JSON array of these, in order.
 * Plain types, shared with the browser; imports nothing but the protocol's own.
 */
import type { ErrorCode } from "./codes.ts";
import type { Limits } from "./limits.ts";
import type { Me } from "./accounts.ts";
import type { HiddenRooms } from "./listing.ts";
import type { MemberRoom } from "./rooms.ts";
import type { Message } from "./messages.ts";
import type { Changes } from "./sync.ts";
import type { User } from "./people.ts";
import type { PresenceStatus } from "./presence.ts";
import type { Timestamp } from "./time.ts";

export interface ReadyEvent {
  type: "ready";
  protocol: 1;
  /** Names this history of the database; when it changed, the client drops what it cached. */
  epoch: string;
  /** Which session this connection speaks for; a page says it in `X-Confab-Session`. */
  sessionId: number;
  /** Names the server's database for good, also when a backup of it is put back. */
  instance: string;
  user: User;
  /** The user's own, which may have changed on another device meanwhile. */
  settings: Pick<Me, "language" | "theme">;
  /** The caller's list, which has an end. */
  rooms: MemberRoom[];
  /** The caller's other rooms: each is told of with `room` before anything that happens in it. */
  hidden: HiddenRooms;
  users: User[];
  /** Ids of the messages that the user has saved. */
  saved: number[];
  presence: Record<string, PresenceStatus>;
  limits: Limits;
  serverTime: Timestamp;
}

/** Where a message stands after a change. `ts` comes with the ack of a `send`. */
export interface MessagePlace {
  id: number;
  room: number;
  seq: number;
  rev: number;
  ts?: Timestamp;
}

export interface AckEvent {
  type: "ack";
  ref?: string;
  message?: MessagePlace;
  duplicate?: boolean;
}

export interface ErrorEvent {
  type: "error";
  ref?: string;
  code: ErrorCode;
  message: string;
  /** With `rate_limited` and `unavailable`: milliseconds after which a retry makes sense. */
  retryAfter?: number;
}

/** A new or changed message, whole; `rev` is the room's new head. */
export interface MessageEvent {
  type: "message";
  room: number;
  rev: number;
  message: Message;
}

export interface ChangesEvent extends Changes {
  type: "changes";
  room: number;
}

export interface RoomEvent {
  type: "room";
  room: MemberRoom;
}

export interface LeftEvent {
  type: "left";
  room: number;
  /** Still a member, who does not want to see the room until something happens in it. */
  hidden?: true;
}

export interface UserEvent {
  type: "user";
  /** Of oneself, where a setting was changed on another connection, with the settings. */
  user: User | Me;
}

export interface ReadEvent {
  type: "read";
  room: number;
  seq: number;
}

/** To all connections of the user who has saved the message, or taken it out (`on: false`). */
export interface SavedEvent {
  type: "saved";
  message: number;
  on: boolean;
}

export interface TypingEvent {
  type: "typing";
  room: number;
  userId: number;
}

export interface PresenceEvent {
  type: "presence";
  users: Record<string, PresenceStatus>;
}

export interface PingEvent {
  type: "ping";
}

export interface ByeEvent {
  type: "bye";
  reason: string;
  /** Milliseconds to wait, with jitter, before reconnecting. */
  retryAfter: number;
}

export type ServerEvent =
  | ReadyEvent
  | AckEvent
  | ErrorEvent
  | MessageEvent
  | ChangesEvent
  | RoomEvent
  | LeftEvent
  | UserEvent
  | ReadEvent
  | SavedEvent
  | TypingEvent
  | PresenceEvent
  | PingEvent
  | ByeEvent;
