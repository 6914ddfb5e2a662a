/**
 * Rows as the tables hold them, and the protocol's objects made from them. Column lists are next to
 * the function that reads them. Knows no rules.
 */
import type { Language, Me, Theme } from "../../../protocol/accounts.ts";
import type { MemberRoom, Room, RoomKind } from "../../../protocol/rooms.ts";
import type { MemberRole, Membership, Notify } from "../../../protocol/members.ts";
import type { Link } from "../../../protocol/links.ts";
import type { GroupMention } from "../../../protocol/group_mentions.ts";
import type { File } from "../../../protocol/files.ts";
import type { Message, Replies } from "../../../protocol/messages.ts";
import type { User, UserRole } from "../../../protocol/people.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { peopleOfKey } from "./direct_key.ts";
import { COUNTED_MENTIONS, COUNTED_UNREAD, type UnreadCounts } from "./unread_counts.ts";

/** `users AS u`. */
export const USER_COLUMNS =
  "u.id, u.username, u.display_name, u.role, u.avatar, u.disabled, u.namesake, " +
  "u.status_emoji, u.status_text, u.status_until, u.time_zone";

export interface UserRow {
  id: number;
  username: string;
  display_name: string;
  role: UserRole;
  avatar: string | null;
  disabled: number;
  namesake: number;
  /** Null, like the other two, where they say nothing of themselves. */
  status_emoji: string | null;
  status_text: string | null;
  status_until: number | null;
  time_zone: string | null;
}

export function toUser(row: UserRow): User {
  return {
    id: row.id,
    username: row.username,
    displayName: row.display_name,
    role: row.role,
    avatar: row.avatar,
    disabled: row.disabled === 1,
    status: row.status_emoji === null
      ? null
      : { emoji: row.status_emoji, text: row.status_text ?? "", until: row.status_until },
    ...(row.time_zone === null ? {} : { timeZone: row.time_zone }),
    ...(row.namesake === 1 ? { namesake: true as const } : {}),
  };
}

/** `users AS u`, with the settings only the user sees. */
export const ME_COLUMNS = `${USER_COLUMNS}, u.language, u.theme, u.hides_time`;

export interface MeRow extends UserRow {
  language: Language | null;
  theme: Theme;
  hides_time: number;
}

export function toMe(row: MeRow): Me {
  const { language, theme } = row;
  return { ...toUser(row), language, theme, showLocalTime: row.hides_time === 0 };
}

/** `rooms AS r`. */
export const ROOM_COLUMNS =
  "r.id, r.kind, r.name, r.topic, r.head, r.created_by, r.created_at, r.archived, r.member_count, " +
  "r.direct_key, r.access, r.picture";

export interface RoomRow {
  id: number;
  kind: RoomKind;
  name: string | null;
  topic: string;
  head: number;
  created_by: number;
  created_at: number;
  archived: number;
  member_count: number;
  /** See `direct_key.ts`. */
  direct_key: string | null;
  access: number;
  picture: string | null;
}

export function toRoom(row: RoomRow): Room {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    topic: row.topic,
    head: row.head,
    createdBy: row.created_by,
    createdAt: row.created_at,
    archived: row.archived === 1,
    memberCount: row.member_count,
    ...(row.picture === null ? {} : { picture: row.picture }),
    ...(row.direct_key === null ? {} : peopleOfKey(row.direct_key)),
  };
}

/** `members AS m`. */
const MARK_COLUMNS =
  "m.role AS member_role, m.read_seq, m.notify, m.joined_at, m.hidden, m.favourite";

/** `members AS m` with `rooms AS r`. */
const OWN_COLUMNS = `${MARK_COLUMNS},
  CASE WHEN r.head > m.read_seq THEN ${COUNTED_UNREAD} ELSE 0 END AS unread,
  CASE WHEN r.head > m.read_seq THEN ${COUNTED_MENTIONS} ELSE 0 END AS mentions`;

export const MEMBERSHIP_COLUMNS = `${OWN_COLUMNS},
  (
    SELECT count(*) FROM (
      SELECT 1 AS one FROM thread_marks AS mark
      WHERE mark.user_id = m.user_id AND mark.room_id = m.room_id AND mark.fresh = 1
      LIMIT ${LIMITS.unreadCount}
    ) AS counted
  ) AS threads`;

/** `MARK_COLUMNS`. */
interface MarkRow {
  member_role: MemberRole;
  read_seq: number;
  notify: Notify;
  joined_at: number;
  hidden: number;
  favourite: number;
}

export type OwnRow = MarkRow & UnreadCounts;

export interface MemberRoomRow extends RoomRow, OwnRow {
  threads: number;
}

export function toMemberRoom(row: MemberRoomRow): MemberRoom {
  return { ...toRoom(row), membership: toMembership(row) };
}

export function toMembership(row: OwnRow & Pick<MemberRoomRow, "threads">): Membership {
  return {
    role: row.member_role,
    readSeq: row.read_seq,
    unread: row.unread,
    mentions: row.mentions,
    threads: row.threads,
    notify: row.notify,
    joinedAt: row.joined_at,
    favourite: row.favourite === 1,
    ...(row.hidden === 0 ? {} : { hidden: true as const }),
  };
}

/** `messages AS x` with their authors, `users AS author`. */
export const MESSAGE_COLUMNS =
  "x.id, x.room_id, x.seq, x.rev, x.user_id, author.username, x.text, x.ts, x.client_id, " +
  "x.edited_at, x.deleted_at, x.reply_to, x.thread_id, x.thread_only, x.reply_count, " +
  "x.last_reply_seq, x.last_reply_ts, x.repliers, x.title, x.reactions, x.files, x.mentions, " +
  "x.mentions_all, x.links";

export interface MessageRow {
  id: number;
  room_id: number;
  seq: number;
  rev: number;
  user_id: number;
  username: string;
  text: string;
  ts: number;
  client_id: string;
  edited_at: number | null;
  deleted_at: number | null;
  reply_to: number | null;
  thread_id: number | null;
  thread_only: number;
  reply_count: number;
  last_reply_seq: number | null;
  last_reply_ts: number | null;
  repliers: string | null;
  title: string | null;
  reactions: string;
  files: string;
  mentions: string;
  mentions_all: GroupMention | null;
  links: string;
}

export function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    room: row.room_id,
    seq: row.seq,
    rev: row.rev,
    userId: row.user_id,
    username: row.username,
    text: row.text,
    ts: row.ts,
    clientId: row.client_id,
    editedAt: row.edited_at,
    deletedAt: row.deleted_at,
    replyTo: row.reply_to,
    thread: row.thread_id,
    replies: toReplies(row),
    ...(row.thread_only === 0 ? {} : { threadOnly: true as const }),
    // The JSON in these columns is our own.
    reactions: row.reactions === "{}" ? {} : JSON.parse(row.reactions) as Record<string, number[]>,
    files: row.files === "[]" ? [] : JSON.parse(row.files) as File[],
    // A program from before there were links leaves them behind when it deletes a message.
    links: row.links === "[]" || row.deleted_at !== null ? [] : JSON.parse(row.links) as Link[],
    mentions: row.mentions === "[]" ? [] : JSON.parse(row.mentions) as number[],
    ...(row.mentions_all === null ? {} : { mentionsAll: row.mentions_all }),
  };
}

type RepliesRow = Pick<
  MessageRow,
  "seq" | "ts" | "reply_count" | "last_reply_seq" | "last_reply_ts" | "repliers" | "title"
>;

function toReplies(row: RepliesRow): Replies | null {
  if (row.reply_count === 0 && row.title === null) return null;
  return {
    count: row.reply_count,
    lastSeq: row.last_reply_seq ?? row.seq,
    lastTs: row.last_reply_ts ?? row.ts,
    users: row.repliers === null ? [] : JSON.parse(row.repliers) as number[],
    ...(row.title === null ? {} : { title: row.title }),
  };
}
