/**
 * Replies stand in the room as well: whoever has read them there need not read them in their thread
 * again. What is for the thread alone is read there only.
 */
import type { Signal } from "@preact/signals";
import type { FreshThread } from "../protocol/threads.ts";
import { indexFrom, reaches } from "../protocol/unread.ts";
import type { Timeline } from "./model.ts";
import type { ReadMarks } from "./read_marks.ts";
import { deleteIn, type EngineState, setIn } from "./state.ts";

/** How far a thread is read. */
interface ReadInFlow {
  seq: number;
  /** Nothing in it is new any more. */
  all: boolean;
}

/**
 * @param timeline the room's, also with what is for threads alone
 * @param upTo how far the room is read
 * @returns null where nothing of the thread was read, or what stands between is not loaded
 */
function readInFlow(
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

export interface FlowParts {
  state: EngineState;
  /** Threads with something new, by the id of their root. */
  fresh: Signal<ReadonlyMap<number, FreshThread>>;
  marks: ReadMarks;
}

/** Moves the marks of these threads, which are of one room that is read up to there. */
export function readHere(
  { state: { histories, me }, fresh, marks }: FlowParts,
  threads: readonly FreshThread[],
  upTo: number,
): void {
  for (const { room, root } of threads) {
    // It may have been read otherwise meanwhile.
    const thread = fresh.peek().get(root);
    const timeline = histories.peek().get(room)?.timeline;
    const read = thread && readInFlow(timeline, thread, upTo, me.peek().id);
    if (!read) continue;
    marks.mark(root, read.seq);
    if (read.all) deleteIn(fresh, root);
    else setIn(fresh, root, { room, root, readSeq: read.seq });
  }
}
