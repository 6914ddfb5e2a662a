/**
 * Threads. `message` is always the root or any reply. A root's author, who replies and who is
 * mentioned follow it from its first reply on, until they say otherwise.
 */
import type { OwnThread } from "../changes.ts";
import type { HistoryAnchor } from "./history.ts";
import type { Message } from "../../protocol/messages.ts";
import type { ThreadPage, ThreadsPage, TopicsPage } from "../../protocol/threads.ts";

/** The newest page is `{}`; `unread` is around the first reply that the caller has not read. */
export type ThreadAnchor = HistoryAnchor;

export interface Threads {
  /** The root, and a page of the replies: also those that are deleted, or for the thread alone. */
  thread(
    input: { userId: number; message: number; anchor: ThreadAnchor; limit: number },
  ): Promise<ThreadPage>;
  /** Whoever follows has read what is there; repeating changes nothing. */
  followThread(input: { userId: number; message: number; on: boolean }): Promise<void>;
  /** Moves the caller's mark, never back and never past the last reply. */
  markThreadRead(input: { userId: number; message: number; seq: number }): Promise<void>;
  /** Raises the room's head by 1, unless the thread has this title already. Returns the root. */
  titleThread(
    input: { userId: number; message: number; title: string | null },
  ): Promise<Message>;
  /** A room's threads with a title, by their last replies, the newest first; `before` is a `seq`. */
  listTopics(
    input: { userId: number; room: number; before: number | null; limit: number },
  ): Promise<TopicsPage>;
  /**
   * The threads that the user follows, in the rooms they may read now, by their last replies, the
   * newest first. @param before as an earlier page's `next` says
   */
  listThreads(
    input: { userId: number; unread: boolean; before: string | null; limit: number },
  ): Promise<ThreadsPage>;
  /**
   * What these threads of a room are to these people, for the hub, which knows who is there: only
   * to those who follow one, have read it or said that they do not follow it.
   */
  threadStates(
    input: { room: number; roots: number[]; userIds: number[] },
  ): Promise<{ root: number; states: OwnThread[] }[]>;
}
