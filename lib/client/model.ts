/**
 * What the engine shows to the views: signals to read, actions to call. Types alone. Beside this
 * file the views know `draft.ts` and `request_error.ts`; the engine knows nothing of the views.
 */
import type { ReadonlySignal } from "@preact/signals";
import type { ErrorCode, SessionEnd } from "../protocol/codes.ts";
import type { Limits } from "../protocol/limits.ts";
import type { Draft } from "./draft.ts";
import type { Language, Me } from "../protocol/accounts.ts";
import type { HiddenRooms } from "../protocol/listing.ts";
import type { MemberRoom, Room } from "../protocol/rooms.ts";
import type { Member, Notify } from "../protocol/members.ts";
import type { Message } from "../protocol/messages.ts";
import type { User } from "../protocol/people.ts";
import type { PresenceStatus } from "../protocol/presence.ts";
import type { Timestamp } from "../protocol/time.ts";

/** How the connection stands. `retryAt`: when the next try is due, as the time of day. */
export type ConnectionState =
  | { state: "connecting" }
  | { state: "online" }
  | { state: "waiting"; retryAt: Timestamp }
  /** The session is gone: the page leads elsewhere, as soon as it is known why. */
  | { state: "signedOut"; why: SignedOut | null };

/** Why a page has no session any more. */
export type SignedOut =
  | SessionEnd
  /** Its reader logged out, on this page. */
  | "here"
  /** The same person signed in anew with this browser: the page loads anew. */
  | "renewed"
  /** Another account signed in with this browser. */
  | "other"
  /** Nobody says. */
  | "unknown";

/**
 * What this browser does not give: a place to keep unsent text (`storage`), turns between its tabs
 * (`turns`). The tab works without, and says so once.
 */
export type Withheld = "storage" | "turns";

/** A message of one's own on its way: shown at once, kept in the outbox until it is acknowledged. */
export interface PendingMessage {
  clientId: string;
  room: number;
  text: string;
  replyTo: number | null;
  createdAt: number;
  /** `failed` with the server's reason: it can be sent again or discarded. */
  state: "pending" | "failed";
  error: ErrorCode | null;
}

/** A stretch of one room's messages, without holes between its first and its last. */
export interface Timeline {
  /** Ascending by `seq`; deleted ones keep their place. */
  messages: Message[];
  hasBefore: boolean;
  /** The newest is not loaded: the reader is at an old place (a permalink, a search result). */
  hasAfter: boolean;
  loading: "none" | "before" | "after" | "page";
}

/**
 * Where the reader is to be put, once the messages there are loaded. A new object for each wish:
 * the view carries out each once.
 */
export type Landing =
  /** The end. */
  | { kind: "newest" }
  /** The first unread message, below its line. */
  | { kind: "unread" }
  /** A permalink's message. Where there is none with this `seq`, the place where it would be. */
  | { kind: "message"; seq: number }
  /** Where the reader was: this message, so many pixels below the upper edge. */
  | { kind: "place"; seq: number; top: number }
  /** The room that is open was asked for again: back to where the reader was, if anywhere. */
  | { kind: "return" };

/** What the server rendered into the page, so that the first view needs no request. */
export interface Bootstrap {
  /** The history of the database that all of this is from; null: that of the first `ready`. */
  epoch: string | null;
  me: Me;
  /** The session that the page was made for: it speaks for no other. */
  sessionId: number;
  /** Names the server's database: what the browser keeps is kept under it. */
  instance: string;
  rooms: MemberRoom[];
  hidden: HiddenRooms;
  users: User[];
  /** The room that is open, the page around what is unread (or a permalink), else its newest. */
  room: number | null;
  page: { messages: Message[]; head: number; hasBefore: boolean; hasAfter: boolean } | null;
  /** The permalink's message, to be shown and marked. */
  highlightSeq: number | null;
  /** The page at `/`: the room is one that was chosen, for windows that have a place for it. */
  home: boolean;
  limits: Limits;
  language: Language;
}

/** Everybody who is known, by id; never everybody there is. */
export interface KnownUsers {
  /** To read one person is to hear of that person's changes, and to ask for somebody not known. */
  get(id: number): User | undefined;
  /** Asks for nobody. */
  has(id: number): boolean;
  /** To read all is to hear of every change. */
  values(): Iterable<User>;
}

/** The state that views render. Every signal is read-only to them. */
export interface ChatState {
  me: ReadonlySignal<Me>;
  connection: ReadonlySignal<ConnectionState>;
  /** The caller's rooms by id. */
  rooms: ReadonlySignal<ReadonlyMap<number, MemberRoom>>;
  /** The caller's rooms that are not in the list. */
  hidden: ReadonlySignal<HiddenRooms>;
  /** One object that changes: do not remember what was made of it by itself (`useMemo`). */
  users: ReadonlySignal<KnownUsers>;
  presence: ReadonlySignal<ReadonlyMap<number, PresenceStatus>>;
  openRoom: ReadonlySignal<number | null>;
  /** The open room's messages; null while nothing of it is known. */
  timeline: ReadonlySignal<Timeline | null>;
  highlightSeq: ReadonlySignal<number | null>;
  /** The "new messages" line goes before the first message of others after it. */
  dividerSeq: ReadonlySignal<number | null>;
  landing: ReadonlySignal<Landing>;
  /** A permalink led to a message that is not in the room. */
  missing: ReadonlySignal<boolean>;
  /** Of the open room, in the order they were written. */
  pending: ReadonlySignal<readonly PendingMessage[]>;
  /** Who types in the open room just now, without the caller. */
  typing: ReadonlySignal<readonly number[]>;
  /** The last thing that went wrong and is worth a line; null when dismissed. */
  notice: ReadonlySignal<{ code: ErrorCode | "offline"; message: string } | null>;
  limits: ReadonlySignal<Limits>;
  /** By room. Rooms that one was removed from are among them. */
  drafts: ReadonlySignal<ReadonlyMap<number, Draft>>;
  /** The rooms with something that was not sent. */
  draftRooms: ReadonlySignal<ReadonlySet<number>>;
  /** The messages that drafts aim at, as heard of last; null: not there any more. */
  draftTargets: ReadonlySignal<ReadonlyMap<number, Message | null>>;
  /** The room that was open when one ceased to be in it; null again with the next. */
  lostRoom: ReadonlySignal<number | null>;
  /** Not yet told, or not yet dismissed. */
  withheld: ReadonlySignal<readonly Withheld[]>;
}

/** `next`: where to go on; null at the end. */
export interface HiddenPage {
  rooms: MemberRoom[];
  next: number | null;
}

/** What views may ask for. Promises reject with `RequestError` (`request_error.ts`). */
export interface ChatActions {
  openRoom(room: number, aroundSeq?: number): Promise<void>;
  closeRoom(): void;
  /** The chat opens in this room next time, on every device. Never rejects. */
  rememberRoom(room: number): void;
  loadBefore(): Promise<void>;
  loadAfter(): Promise<void>;
  /** Drops an old place and shows the newest page. */
  jumpToNewest(): Promise<void>;
  /** In the open room. False where it was not taken, and must be kept by whoever wrote it. */
  send(text: string, replyTo?: number | null): boolean;
  changeDraft(room: number, change: Partial<Draft>): void;
  /** What stood in the composer before the page woke. */
  prefillDraft(room: number, text: string): void;
  /** A message that could not be sent becomes the draft again, before what stands there. */
  takeBack(clientId: string): void;
  resend(clientId: string): void;
  discard(clientId: string): void;
  edit(message: number, text: string): Promise<void>;
  remove(message: number): Promise<void>;
  react(message: number, emoji: string, on: boolean): Promise<void>;
  /** Shows the open room's first unread message. */
  showUnread(): Promise<void>;
  /** Shows a message of the open room again, where it stood. */
  showPlace(seq: number, top: number): Promise<void>;
  /** The reader has seen the open room up to here. */
  markRead(seq: number): void;
  /** The reader does not want to see what is unread in the open room. */
  markAllRead(): void;
  /** Puts the line before what is unread now. */
  renewDivider(): void;
  dismissMissing(): void;
  /** The composer's text changed; throttled inside. */
  typing(): void;
  reconnectNow(): void;
  dismissNotice(): void;
  dismissWithheld(): void;

  browseRooms(q: string): Promise<Room[]>;
  createRoom(kind: "public" | "private", name: string, topic: string): Promise<MemberRoom>;
  openDirect(users: number[]): Promise<MemberRoom>;
  updateRoom(
    room: number,
    change: { name?: string; topic?: string; archived?: boolean },
  ): Promise<void>;
  joinRoom(room: number): Promise<void>;
  leaveRoom(room: number): Promise<void>;
  /** Takes a direct room out of the list until something happens in it. */
  hideRoom(room: number): Promise<void>;
  /** Brings a hidden room back into the list. */
  showRoom(room: number): Promise<void>;
  /** The hidden rooms whose name begins with `q`, the newest first, before the room `before`. */
  hiddenRooms(q: string, before: number | null): Promise<HiddenPage>;
  /** Everybody in the room, of many part by part. */
  members(room: number, onPart?: (part: Member[]) => void): Promise<Member[]>;
  addMember(room: number, userId: number): Promise<void>;
  removeMember(room: number, userId: number): Promise<void>;
  setNotify(room: number, notify: Notify): Promise<void>;
  /** By the words of their names; the best first. */
  searchUsers(q: string): Promise<User[]>;
  searchMembers(room: number, q: string): Promise<User[]>;
  /** Those of these people who are in the room. */
  membersAmong(room: number, users: number[]): Promise<User[]>;
  logout(): Promise<void>;
}

/** The engine as the island holds it. */
export interface ChatClient {
  state: ChatState;
  actions: ChatActions;
  /** Connects, and begins to empty the outbox. In the server's render it is never called. */
  start(): void;
  /** Shows a line, as if something had been refused with this code. */
  tell(code: ErrorCode): void;
  stop(): void;
}
