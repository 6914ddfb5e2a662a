/**
 * What counts as unread in a stretch of a room's messages, ascending by `seq`. Pure; the server
 * counts by the same rule in SQL. `seq` has gaps: edits and reactions take numbers too.
 */
import type { Message } from "./messages.ts";

/** A stretch of messages without gaps; `hasBefore`: the room has messages older than its first. */
export interface Stretch {
  messages: readonly Message[];
  hasBefore: boolean;
  /** It is a thread's, and not the room's. */
  inThread?: true;
}

/**
 * By somebody else and not deleted, nor in the room for a thread alone: counts as unread, wherever
 * it is after the read mark.
 */
export function countsAsUnread(message: Message, me: number, inThread = false): boolean {
  return message.userId !== me && message.deletedAt === null &&
    (inThread || message.threadOnly !== true);
}

/** The index of the first message with this `seq` or greater. */
export function indexFrom(messages: readonly Message[], seq: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (messages[middle]!.seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether there is no message between `seq` and the stretch. */
export function reaches({ messages, hasBefore }: Stretch, seq: number): boolean {
  const first = messages[0];
  return !hasBefore || (first !== undefined && first.seq <= seq + 1);
}

/** The first unread message; undefined if there is none, or if it may be before the stretch. */
export function firstUnread(stretch: Stretch, readSeq: number, me: number): Message | undefined {
  if (!reaches(stretch, readSeq)) return undefined;
  const { messages } = stretch;
  let index = indexFrom(messages, readSeq + 1);
  while (index < messages.length && !countsAsUnread(messages[index]!, me, stretch.inThread)) {
    index++;
  }
  return messages[index];
}

/**
 * How far the mark may move: up to the last message before which everything unread was `seen`. If
 * what follows the mark is not loaded, it stays: nobody can have seen that.
 */
export function readUpTo(
  stretch: Stretch,
  readSeq: number,
  me: number,
  seen: ReadonlySet<number>,
): number {
  if (!reaches(stretch, readSeq)) return readSeq;
  const { messages } = stretch;
  let mark = readSeq;
  for (let index = indexFrom(messages, readSeq + 1); index < messages.length; index++) {
    const message = messages[index]!;
    if (countsAsUnread(message, me, stretch.inThread) && !seen.has(message.seq)) break;
    mark = message.seq;
  }
  return mark;
}
