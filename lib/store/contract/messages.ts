/** Messages: sending them, each once; editing and deleting. */
import type { Message } from "../../protocol/messages.ts";
import type { Timestamp } from "../../protocol/time.ts";

export interface NewMessage {
  userId: number;
  room: number;
  clientId: string;
  text: string;
  replyTo: number | null;
  now: Timestamp;
}

export interface Messages {
  /**
   * Stores a message, once for `(userId, clientId)`: again, it answers with the stored one and
   * `duplicate`; with another room, text or replyTo it is a `conflict`. Finds the members that
   * the text mentions, and moves the author's own read mark.
   */
  sendMessage(input: NewMessage): Promise<{ message: Message; duplicate: boolean }>;
  editMessage(
    input: { userId: number; message: number; text: string; now: Timestamp },
  ): Promise<Message>;
  /** Deleting what is deleted changes nothing and answers the same. */
  deleteMessage(input: { userId: number; message: number; now: Timestamp }): Promise<Message>;
}
