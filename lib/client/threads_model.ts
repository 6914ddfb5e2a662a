/** What the engine shows of threads: part of `model.ts`. Types only. */
import type { ReadonlySignal } from "@preact/signals";
import type { ErrorCode } from "../protocol/codes.ts";
import type { Message } from "../protocol/messages.ts";
import type { FreshThread, ThreadsPage, TopicsPage } from "../protocol/threads.ts";
import type { Landing, PendingMessage, Timeline } from "./conversation_model.ts";

export interface ThreadsState {
  /** Followed threads with something new, by the id of their root. */
  freshThreads: ReadonlySignal<ReadonlyMap<number, FreshThread>>;
  /** The permalink's message, where it is in a thread. */
  linked: ReadonlySignal<LinkedReply | null>;
}

export interface LinkedReply {
  room: number;
  root: number;
  seq: number;
}

/** How far a thread is read. */
export interface ThreadMark {
  following: boolean;
  readSeq: number;
  /** As far as is known. */
  unread: number;
}

/** A thread that is open: what is loaded of it, kept up to date until it is closed. */
export interface LiveThread {
  readonly room: number;
  /** Of its root. */
  readonly id: number;
  /** Null until it is loaded. */
  readonly root: ReadonlySignal<Message | null>;
  /** The root, where the first reply is loaded, and the replies. */
  readonly timeline: ReadonlySignal<Timeline | null>;
  readonly mark: ReadonlySignal<ThreadMark>;
  /** Why nothing is loaded. */
  readonly failed: ReadonlySignal<ErrorCode | "offline" | null>;
  readonly landing: ReadonlySignal<Landing>;
  readonly dividerSeq: ReadonlySignal<number | null>;
  readonly highlightSeq: ReadonlySignal<number | null>;
  readonly missing: ReadonlySignal<boolean>;
  /** What was written in it here, in that order. */
  readonly pending: ReadonlySignal<readonly PendingMessage[]>;
  readonly actions: LiveThreadActions;
}

export interface LiveThreadActions {
  loadBefore(): Promise<void>;
  loadAfter(): Promise<void>;
  jumpToNewest(): Promise<void>;
  showUnread(): Promise<void>;
  showPlace(seq: number, top: number): Promise<void>;
  /** Shows one of its messages, marked. */
  showMessage(seq: number): Promise<void>;
  /** Back to where the reader was before. */
  goBack(): void;
  markRead(seq: number): void;
  markAllRead(): void;
  renewDivider(): void;
  dismissMissing(): void;
  /**
   * @param threadOnly not in the room as well
   * @param alone the files of the thread's draft stay there
   */
  send(text: string, replyTo: number | null, threadOnly: boolean, alone?: boolean): boolean;
  /** Loads it again after a failure. */
  retry(): void;
  close(): void;
}

export interface ThreadsActions {
  /** Opens a thread beside the room: whoever opens it closes it. Rejects only without its script. */
  openThread(room: number, root: number, seq?: number): Promise<LiveThread>;
  /** What can be asked of the server about threads. Rejects only without its script. */
  threadCalls(): Promise<ThreadCalls>;
}

export interface ThreadCalls {
  /** Follows a thread, or not any more. */
  follow(root: number, on: boolean): Promise<void>;
  /** Gives a thread a title; null takes it away. */
  giveTitle(root: number, title: string | null): Promise<void>;
  /** A room's titled threads, the one that was last active first. */
  topics(room: number, before: number | null): Promise<TopicsPage>;
  /** One's threads of all rooms, those with something new alone where `unread`. */
  own(unread: boolean, before: string | null): Promise<ThreadsPage>;
}
