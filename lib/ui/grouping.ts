/**
 * Where a day begins, where an author's run begins, and where the new messages begin.
 * Pure: messages and the reader's clock in, marks out.
 */
import type { Message } from "../protocol/objects.ts";
import { type Clock, dayNumber } from "./dates.ts";

/** Longer than this after the one before, a message shows its author again. */
export const RUN_GAP = 5 * 60_000;

export interface Placed {
  message: Message;
  /** A day heading goes before it. */
  startsDay: boolean;
  /** Its author and time are shown; the others of the run stand below without. */
  startsRun: boolean;
  /** The "new messages" line goes before it. */
  startsNew: boolean;
}

/** `dividerSeq`: how far the reader had read on opening the room; `self`: the reader's id. */
export function place(
  messages: readonly Message[],
  dividerSeq: number | null,
  self: number,
  clock: Clock,
): Placed[] {
  let before: Message | undefined;
  let dayBefore: number | null = null;
  let divided = dividerSeq === null;
  return messages.map((message) => {
    const day = dayNumber(message.ts, clock);
    const startsDay = day !== dayBefore;
    const startsNew = !divided && message.seq > dividerSeq! && message.userId !== self;
    if (startsNew) divided = true;
    // What is left of a deleted one is a line that names its author by itself.
    const startsRun = message.deletedAt === null &&
      (startsDay || startsNew || !continuesRun(before, message));
    before = message;
    dayBefore = day;
    return { message, startsDay, startsRun, startsNew };
  });
}

function continuesRun(before: Message | undefined, message: Message): boolean {
  return before !== undefined && before.deletedAt === null && before.userId === message.userId &&
    message.ts - before.ts < RUN_GAP && message.replyTo === null;
}
