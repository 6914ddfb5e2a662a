/** What the engine shows of one conversation, a room's or a thread's: part of `model.ts`. Types only. */
import type { ErrorCode } from "../protocol/codes.ts";
import type { Message } from "../protocol/messages.ts";
import type { Attachment } from "./uploads_model.ts";

/** The user's own message on its way: shown at once, kept in the outbox until acknowledged. */
export interface PendingMessage {
  clientId: string;
  room: number;
  text: string;
  replyTo: number | null;
  /** The thread in which it was written. Older records have none. */
  thread?: number | null;
  /** Not for the room as well. */
  threadOnly?: boolean;
  /** Files that go with it, as they are now. */
  attachments: readonly Attachment[];
  createdAt: number;
  /** `failed` with the server's reason: it can be sent again or discarded. */
  state: "pending" | "failed";
  error: ErrorCode | null;
}

/** A stretch of one room's messages, without gaps. */
export interface Timeline {
  /** Ascending by `seq`; deleted ones keep their place. */
  messages: Message[];
  hasBefore: boolean;
  /**
   * The newest message is not loaded: the reader is at an old place (a permalink, a search result).
   */
  hasAfter: boolean;
  loading: "none" | "before" | "after" | "page";
  /** It is a thread's: what is for the thread alone counts here. */
  inThread?: true;
}

/**
 * Where to put the reader, once the messages there are loaded. A new object for each request: the
 * view carries out each once.
 */
export type Landing =
  /** The end. */
  | { kind: "newest" }
  /** The first unread message, below its line. */
  | { kind: "unread" }
  /** A permalink's message, or the place where a message with this `seq` would be. */
  | { kind: "message"; seq: number }
  /** Where the reader was: this message, this many pixels below the upper edge. */
  | { kind: "place"; seq: number; top: number }
  /** The open room was opened again: back to where the reader was, if anywhere. */
  | { kind: "return" };
