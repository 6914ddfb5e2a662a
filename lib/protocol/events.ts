/**
 * What the server sends over the WebSocket: one frame is a JSON array of these, in order.
 * Plain types, shared with the browser; imports nothing but the protocol's own.
 */
import type { ErrorCode } from "./codes.ts";
import type { EmojiEvent } from "./custom_emoji.ts";
import type { SignIn } from "./devices.ts";
import type { KeptDraft } from "./drafts.ts";
import type { Me } from "./accounts.ts";
import type { HiddenRooms } from "./listing.ts";
import type { LaterCounts } from "./later.ts";
import type { MemberRoom } from "./rooms.ts";
import type { Message } from "./messages.ts";
import type { Changes } from "./sync.ts";
import type { FreshThread } from "./threads.ts";
import type { User } from "./people.ts";
import type { ReminderEvent, ReminderSetEvent, ScheduledEvent } from "./later_events.ts";
import type { PresenceStatus } from "./presence.ts";
import type { Seen } from "./seen.ts";
import type { Timestamp } from "./time.ts";
import type { Here } from "./workspace.ts";

export type { EmojiEvent, ReminderEvent, ReminderSetEvent, ScheduledEvent };

export interface ReadyEvent extends Here {
  type: "ready";
  protocol: 1;
  /** Names this history of the database; when it changed, the client drops what it cached. */
  epoch: string;
  /** The session this connection acts for; a page sends it as `X-Confab-Session`. */
  sessionId: number;
  /** Names the server's database permanently, even when a backup of it is restored. */
  instance: string;
  user: User;
  /** The user's own settings, which may have changed on another device meanwhile. */
  settings: Pick<Me, "language" | "theme" | "showLocalTime">;
  /** The caller's room list, which is bounded. */
  rooms: MemberRoom[];
  /** The caller's other rooms: each is announced with `room` before anything that happens in it. */
  hidden: HiddenRooms;
  users: User[];
  /** Ids of the messages that the user has saved. */
  saved: number[];
  /** What waits for its time; missing if nothing does. */
  later?: LaterCounts;
  /** Threads that the user follows, with something new: the newest, at most `FRESH_THREADS`. */
  threads: FreshThread[];
  /** There are drafts: `GET /api/drafts` tells them. */
  drafts?: true;
  /** There are custom emoji, or were: the revision of `GET /api/emoji`. */
  emoji?: number;
  /** There are sign-ins that nobody has acknowledged: `GET /api/me/sign-ins` tells them. */
  signIns?: true;
  /** Only for staff: how many requests to join wait. */
  requests?: number;
  presence: Record<string, PresenceStatus>;
  serverTime: Timestamp;
}

/** A message's place after a change. `ts` comes with the ack of a `send`. */
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
  /** With `rate_limited` and `unavailable`: milliseconds to wait before retrying. */
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
  /** Still a member, but the room is hidden until something happens in it. */
  hidden?: true;
}

export interface UserEvent {
  type: "user";
  /** With settings if it is the user themselves and a setting changed on another connection. */
  user: User | Me;
}

export interface ReadEvent {
  type: "read";
  room: number;
  seq: number;
  /** The user has set the mark back: a `room` with the counts follows. */
  back?: true;
}

/** Somebody else in a direct room has seen it up to `seq`. */
export interface SeenEvent extends Seen {
  type: "seen";
  room: number;
  at: Timestamp;
}

/** The user's own draft has changed on any of their devices; `text` is "" where it is gone. */
export interface DraftEvent extends KeptDraft {
  type: "draft";
}

/** Sent to all connections of the user who saved the message, or removed it (`on: false`). */
export interface SavedEvent {
  type: "saved";
  message: number;
  on: boolean;
}

/**
 * A voice message was heard: the user's own of a direct room by somebody else, or another's by the
 * user, on any of their connections.
 */
export interface HeardEvent {
  type: "heard";
  message: number;
}

/**
 * The user's own state of a thread: sent to all their connections when they follow it or no longer
 * do, have read further, or something new came where nothing was. The room's `threads` comes with a
 * `room` event.
 */
export interface ThreadEvent {
  type: "thread";
  room: number;
  /** The id of its root. */
  root: number;
  following: boolean;
  readSeq: number;
  /** There is something new. */
  fresh: boolean;
}

/** Somebody signed in to the user's account: sent to their other devices. */
export interface SignInEvent {
  type: "signIn";
  signIn: SignIn;
}

/** Sign-ins were acknowledged: what `GET /api/me/sign-ins` tells has changed. */
export interface SignInsSeenEvent {
  type: "signInsSeen";
}

/** Staff have changed what holds for everybody. */
export interface WorkspaceEvent extends Here {
  type: "workspace";
}

/** For staff: how many requests to join wait now. */
export interface RequestsEvent {
  type: "requests";
  waiting: number;
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
  | SeenEvent
  | SavedEvent
  | HeardEvent
  | DraftEvent
  | ScheduledEvent
  | ReminderEvent
  | ReminderSetEvent
  | ThreadEvent
  | SignInEvent
  | SignInsSeenEvent
  | WorkspaceEvent
  | EmojiEvent
  | RequestsEvent
  | TypingEvent
  | PresenceEvent
  | PingEvent
  | ByeEvent;
