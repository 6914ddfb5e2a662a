/**
 * Messages: writing, editing, deleting. Schemas for the server; the browser imports the types only.
 */
import * as field from "./fields.ts";
import type { GroupMention } from "./group_mentions.ts";
import type { Timestamp } from "./time.ts";

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
  /** Ids of the users that the text mentions; of those whom a group reaches, the first 100. */
  mentions: number[];
  /** The text mentions a group: who was online then, or every member. Left out where it does not. */
  mentionsAll?: GroupMention;
}

export const sendMessage = field.object(() => ({
  clientId: field.clientId,
  room: field.id,
  text: field.text,
  replyTo: field.id.nullish(),
  files: field.files.optional(),
}));

export const editMessage = field.object(() => ({ message: field.id, text: field.text }));
export const deleteMessage = field.object(() => ({ message: field.id }));
