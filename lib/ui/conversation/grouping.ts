/**
 * Where a day begins, where an author's run begins, and where the new messages begin.
 * Pure: messages and the reader's clock in, marks out.
 */
import type { Message } from "../../protocol/messages.ts";
import { indexFrom, reaches, type Stretch } from "../../protocol/unread.ts";
import { dayNumber, type ReaderClock } from "../dates.ts";

/** If this much time has passed since the previous message, the author is shown again. */
export const RUN_GAP = 5 * 60_000;

export interface Placed {
  message: Message;
  /** A day heading goes before it. */
  startsDay: boolean;
  /** Whether author and time are shown; the other messages of the run follow without. */
  startsRun: boolean;
  /** The "new messages" line goes before it. */
  startsNew: boolean;
}

/**
 * The place of the message that the "new messages" line goes before: the first by somebody else
 * after `dividerSeq`; null where it may not be loaded.
 */
export function newSeqOf(stretch: Stretch, dividerSeq: number | null, self: number): number | null {
  if (dividerSeq === null || !reaches(stretch, dividerSeq)) return null;
  const { messages } = stretch;
  let index = indexFrom(messages, dividerSeq + 1);
  while (index < messages.length && messages[index]!.userId === self) index++;
  return messages[index]?.seq ?? null;
}

/** `before`: the message before the first of these, if any. */
export function place(
  messages: readonly Message[],
  before: Message | undefined,
  newSeq: number | null,
  clock: ReaderClock,
): Placed[] {
  let dayBefore = before === undefined ? null : dayNumber(before.ts, clock);
  return messages.map((message) => {
    const day = dayNumber(message.ts, clock);
    const startsDay = day !== dayBefore;
    const startsNew = message.seq === newSeq;
    // A deleted message leaves a line that names its author itself.
    const startsRun = message.deletedAt === null &&
      (startsDay || startsNew || !continuesRun(before, message));
    before = message;
    dayBefore = day;
    return { message, startsDay, startsRun, startsNew };
  });
}

function continuesRun(before: Message | undefined, message: Message): boolean {
  return before !== undefined && before.deletedAt === null && before.userId === message.userId &&
    message.ts - before.ts < RUN_GAP &&
    // Answers to one message go on under one quote of it; what answers nothing is no part of them.
    message.replyTo === before.replyTo;
}
