/**
 * Messages: writing, editing, deleting. Schemas for the server; the browser imports the types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import type { File } from "./files.ts";
import type { GroupMention } from "./group_mentions.ts";
import type { Link } from "./links.ts";
import type { Timestamp } from "./time.ts";

/** What a root says of the thread below it. */
export interface Replies {
  /** Those that are not deleted. */
  count: number;
  /** The `seq` of the last of them, and its time; the root's own if there is none. */
  lastSeq: number;
  lastTs: Timestamp;
  /** Who replied, the last one first: at most `REPLIERS`. */
  users: number[];
  /** Left out where none was given. */
  title?: string;
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
  /** On a reply: the id of the message with which its thread begins, the root. */
  thread: number | null;
  /** On the root of a thread. */
  replies: Replies | null;
  /** It was meant for the thread alone: the room's flow does not show it, nor count it as unread. */
  threadOnly?: true;
  /** Emoji → ids of the users who reacted with it, in the order they did. */
  reactions: Record<string, number[]>;
  files: File[];
  /** What its links lead to: put in a moment after the message, at most `LIMITS.links`. */
  links: Link[];
  /** Ids of the users that the text mentions; of those whom a group reaches, the first 100. */
  mentions: number[];
  /** The text mentions a group: who was online then, or every member. Left out where it does not. */
  mentionsAll?: GroupMention;
}

export const sendMessage = z.lazy(() =>
  z.strictObject({
    clientId: field.clientId,
    room: field.id,
    text: field.textOrNone,
    replyTo: field.id.nullish(),
    threadOnly: z.boolean().optional(),
    files: field.files.optional(),
  }).superRefine(field.saysSomething).refine(
    ({ threadOnly, replyTo }) => threadOnly !== true || typeof replyTo === "number",
    {
      path: ["threadOnly"],
      message: "only a reply can be for its thread alone",
    },
  )
);

/** The text may be empty where the message has files. */
export const editMessage = field.object(() => ({ message: field.id, text: field.textOrNone }));
export const deleteMessage = field.object(() => ({ message: field.id }));
