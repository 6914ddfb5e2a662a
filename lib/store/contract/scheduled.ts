/** Messages that are sent at a time to come. Nobody but their author learns of them before. */
import type { ErrorCode } from "../../protocol/codes.ts";
import type { Message } from "../../protocol/messages.ts";
import type { Scheduled } from "../../protocol/scheduled.ts";
import type { Timestamp } from "../../protocol/time.ts";
import type { NewMessage } from "./messages.ts";

export interface ScheduledMessages {
  /**
   * Keeps a message until `at`, once per `(userId, clientId)`: repeated, it returns what is kept,
   * and `duplicate`; with another room, text, replyTo or time, or when the message was sent, it is
   * a `conflict`. Only where the author may write now. At most `LIMITS.scheduled` are kept.
   */
  scheduleMessage(
    input: NewMessage & { at: Timestamp },
  ): Promise<{ scheduled: Scheduled; duplicate: boolean }>;
  /** All of the author's, the next one first. */
  listScheduled(input: { userId: number }): Promise<Scheduled[]>;
  /** A new time makes it wait again where it could not be sent before. */
  changeScheduled(
    input: { userId: number; id: number; text?: string; at?: Timestamp; now: Timestamp },
  ): Promise<Scheduled>;
  /**
   * Its files are given up; with `looseSince` they wait for another message, as ones that were sent
   * to the server at that time.
   */
  cancelScheduled(
    input: { userId: number; id: number; looseSince?: Timestamp },
  ): Promise<void>;
  /**
   * Sends it as a message of its author, by every rule for sending, and keeps it no longer, in one
   * transaction. `userId`: its author, who does not wait for its time; null: the queue, when its
   * time has come. Null where it is not to be sent (any more).
   * `most`: characters that a text may have.
   */
  sendScheduled(
    input: {
      userId: number | null;
      id: number;
      most: number;
      online?: readonly number[];
      /** Whether what it links to is to be looked at. */
      previews?: boolean;
      now: Timestamp;
    },
  ): Promise<Message | null>;
  /** It could not be sent, and is kept for its author to decide. Nothing, if it changed meanwhile. */
  failScheduled(input: { id: number; code: ErrorCode; now: Timestamp }): Promise<void>;
}
