/**
 * What a store must do: everything that outlives the process, one call an operation.
 *
 * Guarantees, the same for every implementation (tests/contract/ holds them to it):
 *
 * - A method that writes resolves after its transaction is durable, never before.
 * - Rules about people and rooms are asked inside the transaction (`protocol/permissions.ts`), so
 *   that a removal that has committed binds every later write. What the caller may not know of
 *   fails with `not_found`, what it may not do with `forbidden`; so does everything that a disabled
 *   account asks for. What takes no user asks no rule: it is for the program itself.
 * - Every change of a message raises its room's `head` by exactly 1 in the same transaction.
 * - What was committed is handed to `onCommit` in commit order, before any caller's promise
 *   settles: whoever was removed is gone from the hub before the remover is answered.
 *
 * Time comes in as `now` (ms since the epoch). A store knows no sockets, no HTTP, no passwords
 * but their hashes.
 */
import type { SessionEnd } from "../protocol/codes.ts";
import type { HistoryPage } from "../protocol/history.ts";
import type { Language, Me, Theme } from "../protocol/accounts.ts";
import type { HiddenRooms, MemberRoom, Room } from "../protocol/rooms.ts";
import type { Member, Membership, Notify } from "../protocol/members.ts";
import type { Message } from "../protocol/messages.ts";
import type { User, UserRole } from "../protocol/people.ts";
import type { Changes } from "../protocol/sync.ts";
import type { Timestamp } from "../protocol/time.ts";

/** Something that has been committed, for the connections that care. */
export type Change =
  | { type: "message"; room: number; rev: number; message: Message }
  /** The room came into a member's list. `people`: those of a direct room, by whom it is called. */
  | { type: "joined"; userId: number; room: MemberRoom; people?: User[] }
  /** It went out of the list: the user has left, or (`hidden`) does not want to see it just now. */
  | { type: "left"; userId: number; room: number; hidden?: true }
  | { type: "room"; room: number }
  /** A member's own settings for a room: of no concern to the others. */
  | { type: "membership"; userId: number; room: number }
  | { type: "user"; user: User }
  /** Language, theme: for the user's own tabs and devices, and of no concern to the others. */
  | { type: "settings"; userId: number; user: Me }
  | { type: "read"; userId: number; room: number; seq: number }
  | {
    type: "revoked";
    userId: number;
    /** Which sessions ended. */
    sessions: "all" | number[];
    reason: SessionEnd;
  };

export interface StoreOptions {
  /** Called with what one transaction committed, in order, synchronously. Must not throw. */
  onCommit(changes: Change[]): void;
}

export interface NewSession {
  device: string;
  address: string;
  expiresAt: Timestamp;
}

export interface StoredSession {
  id: number;
  user: Me;
  createdAt: Timestamp;
  lastSeen: Timestamp;
  expiresAt: Timestamp;
}

export interface SessionRow {
  id: number;
  device: string;
  address: string;
  createdAt: Timestamp;
  lastSeen: Timestamp;
  expiresAt: Timestamp;
}

/** What a connection needs to begin: one consistent view. */
export interface Snapshot {
  /** With the settings, which may have changed on another device meanwhile. */
  user: Me;
  /** The list: bounded by `LISTED`, by id. */
  rooms: MemberRoom[];
  /** There are more rooms in the list than it may hold: `surplusRooms`, `hideRooms`. */
  surplus: boolean;
  hidden: HiddenRooms;
  /**
   * The people in direct rooms and in rooms of at most `SMALL_ROOM` members, as many as
   * `LISTED.userBytes` hold.
   */
  users: User[];
  /** The room that the user was in last; it may have been left, archived, or be gone. */
  lastRoom: number | null;
}

/** Rooms up to this size list their people in `ready`; larger ones are asked for by page. */
export const SMALL_ROOM = 100;

export interface NewMessage {
  userId: number;
  room: number;
  clientId: string;
  text: string;
  replyTo: number | null;
  now: Timestamp;
}

/** Which page of history: the newest where nothing is given. `around` is in the middle. */
export type HistoryAnchor =
  | { before: number }
  | { after: number }
  | { around: number }
  /** Around the first message that the caller has not read; the newest where there is none. */
  | { around: "unread" }
  | Record<never, never>;

export interface Store {
  /** Names this history of the database; new for a new or restored one. */
  epoch(): Promise<string>;
  /** Names this database for good, over restarts and restored backups; a copy bears it too. */
  instance(): Promise<string>;
  /** Proves that a write can be committed now; fails with `unavailable` where it cannot. */
  probe(input: { now: Timestamp }): Promise<void>;
  close(): Promise<void>;

  // Accounts

  /** Whether there is an account; the first to sign up becomes the owner. They are never removed. */
  hasAccounts(): Promise<boolean>;
  /**
   * A new account with its first session, a member of `general` (id 1, made with the first account).
   * `conflict` where the name is taken without regard to case; `forbidden` where
   * `firstOnly` is set and there is an account already.
   */
  createAccount(input: {
    username: string;
    displayName: string;
    passwordHash: string;
    session: NewSession;
    firstOnly: boolean;
    now: Timestamp;
  }): Promise<{ user: User; sessionId: number }>;
  /** `null` where there is no such user; the name is compared without case, NFKC. */
  credentials(
    input: { username: string },
  ): Promise<{ user: User; passwordHash: string } | null>;
  credentialsOf(input: { userId: number }): Promise<{ user: User; passwordHash: string } | null>;
  /** Replaces a password's hash, revoking every session but `keepSession`. */
  changePassword(
    input: { userId: number; passwordHash: string; keepSession: number; now: Timestamp },
  ): Promise<void>;
  /** `null` where there is none, or none whom this user may see. */
  user(input: { userId: number; id: number }): Promise<User | null>;
  /**
   * In whose names a word begins with each of the words of `q`, without case and accents
   * (`protocol/search_words.ts`): whose name it is first, then whose username begins so.
   */
  searchUsers(input: { userId: number; q: string; limit: number }): Promise<User[]>;
  /** The same among a room's members, for one of them. */
  searchMembers(
    input: { userId: number; room: number; q: string; limit: number },
  ): Promise<User[]>;
  /**
   * Those of these people that there are, in no order. With `room`, its members alone; to a guest,
   * who shares a room with them.
   */
  usersById(
    input: { userId: number; ids: number[]; room?: number | undefined },
  ): Promise<User[]>;
  updateMe(input: {
    userId: number;
    displayName?: string | undefined;
    language?: Language | null | undefined;
    theme?: Theme | undefined;
  }): Promise<Me>;
  /**
   * By an owner or admin; disabling revokes every session (`forbidden` for others, for oneself,
   * for the owner as target, and for an admin as target unless the actor is the owner).
   */
  updateUser(input: {
    actorId: number;
    userId: number;
    disabled?: boolean | undefined;
    role?: Exclude<UserRole, "owner"> | undefined;
    now: Timestamp;
  }): Promise<User>;

  // Sessions

  createSession(input: { userId: number; session: NewSession; now: Timestamp }): Promise<number>;
  /** `null` where it was revoked, has expired, or its user is disabled. */
  session(input: { id: number; now: Timestamp }): Promise<StoredSession | null>;
  /**
   * Whose session this was, and why it ended; the reason is `null` where it was not kept. `null` where
   * there is no such user.
   */
  endedSession(
    input: { id: number; userId: number; expiresAt: Timestamp },
  ): Promise<{ user: Me; reason: SessionEnd | null } | null>;
  sessions(input: { userId: number; now: Timestamp }): Promise<SessionRow[]>;
  /** Marks sessions as seen; what was revoked meanwhile is passed over. */
  touchSessions(input: { seen: { id: number; at: Timestamp; address: string }[] }): Promise<void>;
  /** `not_found` where the user has no such session. */
  revokeSession(input: {
    userId: number;
    sessionId: number;
    /** What its pages are told. */
    reason: SessionEnd;
    now: Timestamp;
  }): Promise<void>;

  // Rooms

  snapshot(input: { userId: number }): Promise<Snapshot>;
  /**
   * The user's rooms that are not in their list, the newest first: at most `limit` of those with
   * an id below `before` whose name, or one of whose people, begins with `q`. `next` is where to go
   * on; null at the end. A page may hold fewer than `limit`, or none, and yet not be the last.
   */
  hiddenRooms(
    input: { userId: number; before: number | null; q: string; limit: number },
  ): Promise<{ rooms: MemberRoom[]; next: number | null }>;
  /** What is to be hidden for the list to hold no more than `KEPT`, with each room's head. */
  surplusRooms(input: { userId: number }): Promise<{ room: number; head: number }[]>;
  /** Hides rooms in which nothing happened since; tells nobody. */
  hideRooms(
    input: { userId: number; rooms: { room: number; head: number }[] },
  ): Promise<void>;
  /** Public rooms whose name contains `q`, without case, most members first, at most `limit`. */
  publicRooms(input: { userId: number; q: string; limit: number }): Promise<Room[]>;
  /** With `membership` where the caller has one. */
  room(input: { userId: number; room: number }): Promise<Room | MemberRoom>;
  /** The same room as several of its members see it; who is none is left out. */
  memberRooms(
    input: { room: number; userIds: number[] },
  ): Promise<{ userId: number; room: MemberRoom }[]>;
  createRoom(input: {
    userId: number;
    kind: "public" | "private";
    name: string;
    topic: string;
    now: Timestamp;
  }): Promise<MemberRoom>;
  /**
   * The one direct room of exactly these people (the caller is added), back in the caller's list.
   * Where there is none it is made, and shows to the others with its first message; `rate_limited`
   * where it would have to be made and `mayMake` is false.
   */
  openDirect(
    input: { userId: number; users: number[]; mayMake?: boolean; now: Timestamp },
  ): Promise<{ room: MemberRoom; created: boolean }>;
  updateRoom(input: {
    userId: number;
    room: number;
    name?: string | undefined;
    topic?: string | undefined;
    archived?: boolean | undefined;
  }): Promise<MemberRoom>;
  /** By username. */
  members(input: { userId: number; room: number }): Promise<Member[]>;
  /** By id, from behind `after`. */
  membersPage(
    input: { userId: number; room: number; after: number; limit: number },
  ): Promise<Member[]>;
  /** Fails where the user may not write in the room just now; changes nothing. */
  requireWriter(input: { userId: number; room: number }): Promise<void>;
  /** Join, or add somebody; adding a member again changes nothing. */
  addMember(
    input: { actorId: number; room: number; userId: number; now: Timestamp },
  ): Promise<void>;
  /** Leave, or remove somebody. When the last owner leaves, the oldest member takes over. */
  removeMember(input: { actorId: number; room: number; userId: number }): Promise<void>;
  /**
   * `hidden`: out of one's own list until something happens in the room (a direct one; others are
   * left: `forbidden`), or back in it.
   */
  updateMembership(
    input: {
      userId: number;
      room: number;
      notify?: Notify | undefined;
      hidden?: boolean | undefined;
    },
  ): Promise<Membership>;
  /** Keeps which room the user was in last; one that they may not read is `not_found`. */
  rememberRoom(input: { userId: number; room: number }): Promise<void>;
  /** Moves the read mark, never back and never past the room's head. */
  markRead(input: { userId: number; room: number; seq: number }): Promise<void>;

  // Messages

  /**
   * Stores a message, once for `(userId, clientId)`: again, it answers with the stored one and
   * `duplicate`; with another room, text or replyTo it is a `conflict`. Finds the members that
   * the text mentions, and moves the author's own read mark.
   */
  addMessage(input: NewMessage): Promise<{ message: Message; duplicate: boolean }>;
  editMessage(
    input: { userId: number; message: number; text: string; now: Timestamp },
  ): Promise<Message>;
  /** Deleting what is deleted changes nothing and answers the same. */
  deleteMessage(input: { userId: number; message: number; now: Timestamp }): Promise<Message>;
  /** Reacting twice with the same emoji changes nothing and answers the same. */
  react(
    input: { userId: number; message: number; emoji: string; on: boolean; now: Timestamp },
  ): Promise<Message>;
  history(
    input: { userId: number; room: number; anchor: HistoryAnchor; limit: number },
  ): Promise<HistoryPage>;
  /** What changed in a room after revision `since`, ascending by `rev`, in its latest state. */
  changes(
    input: { userId: number; room: number; since: number; limit: number },
  ): Promise<Changes>;
  /** The same without asking who wants to know: for the hub, which knows who is in the room. */
  roomChanges(input: { room: number; since: number; limit: number }): Promise<Changes>;
}
