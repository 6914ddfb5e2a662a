/** Messages: sending them, each once; editing and deleting. */
import type { Message } from "../../protocol/messages.ts";
import type { Timestamp } from "../../protocol/time.ts";

export interface NewMessage {
  userId: number;
  room: number;
  clientId: string;
  text: string;
  replyTo: number | null;
  /** Who is online, as far as the nodes know: asked for only where the text says `@here`. */
  online?: readonly number[];
  /** Only with `replyTo`: for the thread alone. */
  threadOnly?: boolean;
  /** The author's own, in their order; left out where there are none. */
  files?: readonly number[];
  /** What it links to is to be looked at: only where there is something. */
  previews?: boolean;
  now: Timestamp;
}

export interface ChangedMessage {
  userId: number;
  message: number;
  text: string;
  online?: readonly number[];
  /** What it links to now is to be looked at. What it no longer links to goes in any case. */
  previews?: boolean;
  now: Timestamp;
}

export interface Messages {
  /**
   * Stores a message, once per `(userId, clientId)`: repeated, it returns the stored message and
   * `duplicate`; with another room, text, replyTo or files it is a `conflict`. `files` that
   * are not the author's own, complete and free are `invalid`; the message holds them from then on. Finds the members the text
   * mentions, by name or as a group (`protocol/group_mentions.ts`), and moves the author's own read
   * mark.
   */
  sendMessage(input: NewMessage): Promise<{ message: Message; duplicate: boolean }>;
  /** A group that was mentioned before is not reached anew: whoever has come since is not told. */
  editMessage(input: ChangedMessage): Promise<Message>;
  /** Deleting a deleted message changes nothing and returns the same. */
  deleteMessage(input: { userId: number; message: number; now: Timestamp }): Promise<Message>;
}
