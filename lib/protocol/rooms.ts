/**
 * The objects that travel: users, rooms, memberships, messages, files.
 * Plain types, shared with the browser; imports nothing.
 */

/** Milliseconds since the Unix epoch. */
export type Timestamp = number;

export type UserRole = "owner" | "admin" | "member" | "bot" | "guest";

export interface User {
  id: number;
  username: string;
  displayName: string;
  role: UserRole;
  avatar: string | null;
  disabled: boolean;
  /** Somebody else's display name or username looks like this display name: show both names. */
  namesake?: true;
}

export type Language = "en" | "ru";
export type Theme = "light" | "dark" | "system";

/** What `GET /api/me` gives: the caller and their settings. `null`: as the browser asks. */
export interface Me extends User {
  language: Language | null;
  theme: Theme;
}

export type RoomKind = "public" | "private" | "direct";

export interface Room {
  id: number;
  kind: RoomKind;
  /** `null` for direct rooms: they are called after the people in them. */
  name: string | null;
  topic: string;
  /** The counter that every change in the room raises by exactly 1. */
  head: number;
  createdBy: number;
  createdAt: Timestamp;
  archived: boolean;
  memberCount: number;
  /** Of a direct room alone: the ids of the people in it, by whom it is called. */
  users?: number[];
  /** Of a direct room alone: it was made for three or more, and can be left. */
  group?: true;
}

export type MemberRole = "owner" | "member";
export type Notify = "all" | "mentions" | "none";

export interface Membership {
  role: MemberRole;
  readSeq: number;
  /** Messages by others after `readSeq`, counted up to `LIMITS.unreadCount`. */
  unread: number;
  /** Those of them that mention the member. */
  mentions: number;
  notify: Notify;
  joinedAt: Timestamp;
  /** Not in the member's list until something happens in the room. Left out where it is. */
  hidden?: true;
}

/** The rooms of a member that are not in the list. */
export interface HiddenRooms {
  /** Counted up to `HIDDEN_COUNT`. */
  rooms: number;
  /** Whether something in them is unread. */
  unread: boolean;
}

/** A room as one of its members sees it. */
export interface MemberRoom extends Room {
  membership: Membership;
}

/** A member of a room: the user, and their role in the room. */
export interface Member extends User {
  membership: { role: MemberRole; joinedAt: Timestamp };
}

/** People who were asked for by their ids, and who of them is here. Others are offline. */
export interface UsersAnswer {
  users: User[];
  presence: Record<string, PresenceStatus>;
}

/** A part of a room's members, and who of them is here. `next`: what the next part comes after; null after the last. */
export interface MembersPage {
  members: Member[];
  presence: Record<string, PresenceStatus>;
  next: number | null;
}

export interface File {
  id: number;
  name: string;
  type: string;
  size: number;
  width: number | null;
  height: number | null;
  url: string;
  thumbnail: string | null;
}

export interface Message {
  id: number;
  room: number;
  /** The room's head at its creation; never changes. */
  seq: number;
  /** The room's head at its last change. */
  rev: number;
  userId: number;
  username: string;
  /** "" when deleted. */
  text: string;
  ts: Timestamp;
  clientId: string;
  editedAt: Timestamp | null;
  deletedAt: Timestamp | null;
  /** The id of the message that this one answers. */
  replyTo: number | null;
  /** Emoji → ids of the users who reacted with it, in the order they did. */
  reactions: Record<string, number[]>;
  files: File[];
  /** Ids of the users that the text mentions. */
  mentions: number[];
}

export type PresenceStatus = "online" | "away" | "offline";

/** A signed-in device. */
export interface Session {
  id: number;
  device: string;
  address: string;
  createdAt: Timestamp;
  lastSeen: Timestamp;
  expiresAt: Timestamp;
  current: boolean;
}
