/** Who of a direct room has seen a message. Pure. */
import type { SeenMarks } from "../../client/people_model.ts";
import type { Message } from "../../protocol/messages.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import type { Timestamp } from "../../protocol/time.ts";

export interface MessageReader {
  id: number;
  seen: boolean;
  /** When they saw it; null where it is not known for this very message. */
  at: Timestamp | null;
}

/**
 * The room's other people but the message's author; those who have seen it first, the first of them
 * first. Null while nothing is known.
 */
export function readersOf(
  { id, users = [] }: MemberRoom,
  message: Pick<Message, "userId" | "seq" | "ts">,
  seen: SeenMarks | null,
  self: number,
): MessageReader[] | null {
  if (seen?.room !== id) return null;
  const marks = new Map(seen.marks.map((mark) => [mark.userId, mark]));
  const readers = users.filter((one) => one !== message.userId && one !== self).map((one) => {
    const mark = marks.get(one);
    const isSeen = mark !== undefined && mark.seq >= message.seq;
    // A mark that is further on says when something later was seen.
    const at = isSeen && mark.seq === message.seq && (mark.at ?? 0) >= message.ts ? mark.at : null;
    return { id: one, seen: isSeen, at };
  });
  return readers.sort((a, b) =>
    Number(b.seen) - Number(a.seen) || (a.at ?? Infinity) - (b.at ?? Infinity) || a.id - b.id
  );
}
