/**
 * What counts as unread in a stretch of a room's messages, ascending by `seq`. Pure; the server
 * counts by the same rule in SQL. Places have holes: edits and reactions take them too.
 */
import type { Message } from "./messages.ts";

/** A stretch without holes; `hasBefore`: the room has older messages than its first. */
export interface Stretch {
  messages: readonly Message[];
  hasBefore: boolean;
}

/** By somebody else and not deleted: what counts, wherever it lies after the read mark. */
export function countsAsUnread(message: Message, me: number): boolean {
  return message.userId !== me && message.deletedAt === null;
}

/** The index of the first message with this `seq` or a greater one. */
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

/** Whether nothing lies between `seq` and the stretch that is not in it. */
export function reaches({ messages, hasBefore }: Stretch, seq: number): boolean {
  const first = messages[0];
  return !hasBefore || (first !== undefined && first.seq <= seq + 1);
}

/** The first unread message; undefined where there is none, or where it may lie before. */
export function firstUnread(stretch: Stretch, readSeq: number, me: number): Message | undefined {
  if (!reaches(stretch, readSeq)) return undefined;
  const { messages } = stretch;
  let index = indexFrom(messages, readSeq + 1);
  while (index < messages.length && !countsAsUnread(messages[index]!, me)) index++;
  return messages[index];
}

/**
 * How far the mark may go: up to the last message before which everything unread was `seen`. Where
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
    if (countsAsUnread(message, me) && !seen.has(message.seq)) break;
    mark = message.seq;
  }
  return mark;
}
