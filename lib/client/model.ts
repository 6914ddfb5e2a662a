/**
 * What the engine shows to the views: signals to read, actions to call. Types only. Besides these
 * the views know `draft.ts` and `request_error.ts`; the engine knows no view.
 */
import type { ReadonlySignal } from "@preact/signals";
import type { ErrorCode } from "../protocol/codes.ts";
import type { Here } from "../protocol/workspace.ts";
import type { SignIn } from "../protocol/devices.ts";
import type { ConnectionState, SignedOut, Withheld } from "./connection_state.ts";
import type { Landing, PendingMessage, Timeline } from "./conversation_model.ts";
import type { EmojiBoot, EmojiState, EmojiWays } from "./emoji_model.ts";
import type { PeopleActions, PeopleState } from "./people_model.ts";
import type { Draft, DraftKey } from "./draft.ts";
import type { Language, Me } from "../protocol/accounts.ts";
import type { FilesActions } from "./files_model.ts";
import type { LaterBoot, LaterState, Planning } from "./later_actions.ts";
import type { OwnActions } from "./own_actions.ts";
import type { UploadsActions, UploadsState } from "./uploads_model.ts";
import type { FreshThread } from "../protocol/threads.ts";
import type { ThreadsActions, ThreadsState } from "./threads_model.ts";
import type { RoomPreview } from "../protocol/history.ts";
import type { HiddenRooms } from "../protocol/listing.ts";
import type { MemberRoom, Room } from "../protocol/rooms.ts";
import type { Member, Notify } from "../protocol/members.ts";
import type { Message } from "../protocol/messages.ts";
import type { User } from "../protocol/people.ts";

export type { ConnectionState, Landing, PendingMessage, SignedOut, Timeline, Withheld };

/** What the server rendered into the page, so that the first view needs no request. */
export interface Bootstrap extends Here, LaterBoot, EmojiBoot {
  /** The history of the database that all of this comes from; null: that of the first `ready`. */
  epoch: string | null;
  me: Me;
  /** The session the page was made for: it acts for no other. */
  sessionId: number;
  /** Names the server's database: what the browser keeps is kept under it. */
  instance: string;
  rooms: MemberRoom[];
  hidden: HiddenRooms;
  users: User[];
  /** Of the messages on the page, the ids of those that the reader has saved. */
  saved: number[];
  threads?: FreshThread[];
  /** For staff: how many requests to join wait. */
  requests?: number;
  /** The open room, with the page around its first unread message or a permalink, or its newest. */
  room: number | null;
  page: { messages: Message[]; head: number; hasBefore: boolean; hasAfter: boolean } | null;
  /** A public room that is looked at from outside; then none is open. */
  preview?: RoomPreview;
  /** The permalink's message, to be shown and marked. */
  highlightSeq: number | null;
  /** The page at `/`: the server chose the room, for windows with space for it. */
  home: boolean;
  language: Language;
}

/** Everybody known so far, by id; never everybody there is. */
export interface KnownUsers {
  /** Reading a person subscribes to their changes, and requests them if they are not known. */
  get(id: number): User | undefined;
  /** Requests nobody. */
  has(id: number): boolean;
  /** Reading all subscribes to every change. */
  values(): Iterable<User>;
}

/** The state that views render. Every signal is read-only to them. */
export interface ChatState extends LaterState, ThreadsState, PeopleState, UploadsState, EmojiState {
  me: ReadonlySignal<Me>;
  connection: ReadonlySignal<ConnectionState>;
  /** The caller's rooms by id. */
  rooms: ReadonlySignal<ReadonlyMap<number, MemberRoom>>;
  /** The caller's rooms that are not in the list. */
  hidden: ReadonlySignal<HiddenRooms>;
  /** Ids of the messages that one has saved. */
  saved: ReadonlySignal<ReadonlySet<number>>;
  /** Ids of the messages that were deleted since the page was opened. */
  deleted: ReadonlySignal<ReadonlySet<number>>;
  /** Which voice messages were heard, of those that were asked for (`FileCalls`). */
  heard: ReadonlySignal<ReadonlyMap<number, boolean>>;
  requests: ReadonlySignal<number>;
  /** New sign-ins that nobody has acknowledged; null: `actions.loadSignIns` asks for them. */
  signIns: ReadonlySignal<readonly SignIn[] | null>;
  /** One object that changes in place: do not memoise on it (`useMemo`). */
  users: ReadonlySignal<KnownUsers>;
  openRoom: ReadonlySignal<number | null>;
  /** The open room's messages; null while none are loaded. */
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
  /** The last failure worth a notice; null when dismissed. */
  notice: ReadonlySignal<{ code: ErrorCode | "offline"; message: string } | null>;
  limits: ReadonlySignal<Here["limits"]>;
  workspace: ReadonlySignal<Here["workspace"]>;
  /** By room and thread, including rooms the user was removed from. */
  drafts: ReadonlySignal<ReadonlyMap<DraftKey, Draft>>;
  /** The rooms with a draft of their own. */
  draftRooms: ReadonlySignal<ReadonlySet<number>>;
  /** The messages that drafts, and messages on the screen, answer; null: no longer there. */
  draftTargets: ReadonlySignal<ReadonlyMap<number, Message | null>>;
  /** The room that was open when the user lost it; null again once another is opened. */
  lostRoom: ReadonlySignal<number | null>;
  withheld: ReadonlySignal<readonly Withheld[]>;
}

export interface HiddenPage {
  rooms: MemberRoom[];
  /** Where to continue; null at the end. */
  next: number | null;
}

/** The actions views may call. Promises reject with `RequestError` (`request_error.ts`). */
export interface ChatActions
  extends
    FilesActions,
    OwnActions,
    Planning,
    ThreadsActions,
    PeopleActions,
    UploadsActions,
    EmojiWays {
  openRoom(room: number, aroundSeq?: number): Promise<void>;
  closeRoom(): void;
  /** The chat opens in this room next time, on every device. Never rejects. */
  rememberRoom(room: number): void;
  loadBefore(): Promise<void>;
  loadAfter(): Promise<void>;
  /** Drops an old place and shows the newest page. */
  jumpToNewest(): Promise<void>;
  /**
   * In the open room if none is named. The files of the room's draft go along, and leave it, unless
   * it is sent `alone`. False if it was not accepted, and the caller must keep it: there is nothing
   * to send, or one of the files has failed.
   */
  send(text: string, replyTo?: number | null, room?: number, alone?: boolean): boolean;
  changeDraft(key: DraftKey, change: Partial<Draft>): void;
  /** What was in the composer before the page came to life. */
  prefillDraft(room: number, text: string): void;
  /**
   * Whether a text that waits has not left this tab: another may not take it back, the server might
   * have it. Asked while there is no connection, it stays true until there is one.
   */
  mayTakeBack(clientId: string): boolean;
  /** A message that was not sent becomes the draft again, before its present text. */
  takeBack(clientId: string): void;
  resend(clientId: string): void;
  discard(clientId: string): void;
  edit(message: number, text: string): Promise<void>;
  remove(message: number): Promise<void>;
  react(message: number, emoji: string, on: boolean): Promise<void>;
  /** Keeps a message for oneself, or takes it out again. */
  save(message: number, on: boolean): Promise<void>;
  loadSignIns(): Promise<void>;
  /** Those that are shown were the reader's own. */
  seeSignIns(): Promise<void>;
  /** Shows the open room's first unread message. */
  showUnread(): Promise<void>;
  /** Shows a message of the open room again, where it was. */
  showPlace(seq: number, top: number): Promise<void>;
  /** The reader has seen the open room up to here. */
  markRead(seq: number): void;
  /** The reader does not want to see what is unread in the open room. */
  markAllRead(): void;
  /** Puts the line before the first message now unread. */
  renewDivider(): void;
  dismissMissing(): void;
  /** The text of a composer changed, the open room's if none is named; throttled internally. */
  typing(room?: number): void;
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
  /** Everybody in the room; large rooms in parts. */
  members(room: number, onPart?: (part: Member[]) => void): Promise<Member[]>;
  addMember(room: number, userId: number): Promise<void>;
  removeMember(room: number, userId: number): Promise<void>;
  setNotify(room: number, notify: Notify): Promise<void>;
  /** By the words of their names; the best first. */
  searchUsers(q: string): Promise<User[]>;
  searchMembers(room: number, q: string): Promise<User[]>;
  /** Those of these people who are in the room. */
  membersAmong(room: number, users: number[]): Promise<User[]>;
}
