/**
 * Replies stand in the room as well: whoever has read them there need not read them in their thread
 * again. Pure. What is for the thread alone is read there only.
 */
import type { FreshThread } from "../protocol/threads.ts";
import { indexFrom, reaches } from "../protocol/unread.ts";
import type { Timeline } from "./model.ts";

/** How far a thread is read. */
export interface ReadInFlow {
  seq: number;
  /** Nothing in it is new any more. */
  all: boolean;
}

/**
 * @param timeline the room's, also with what is for threads alone
 * @param upTo how far the room is read
 * @returns null where nothing of the thread was read, or what stands between is not loaded
 */
export function readInFlow(
  timeline: Timeline | undefined,
  { root, readSeq }: FreshThread,
  upTo: number,
  me: number,
): ReadInFlow | null {
  if (timeline === undefined || !reaches(timeline, readSeq)) return null;
  const { messages, hasAfter } = timeline;
  let mark = readSeq;
  let all = !hasAfter;
  for (let at = indexFrom(messages, readSeq + 1); at < messages.length; at++) {
    const { thread, userId, deletedAt, threadOnly, seq } = messages[at]!;
    if (thread !== root) continue;
    if (userId !== me && deletedAt === null && (threadOnly || seq > upTo)) {
      all = false;
      break;
    }
    mark = seq;
  }
  return mark > readSeq ? { seq: mark, all } : null;
}
