/**
 * Where the reader is put in a room, and what has to be loaded for that: pure functions. It must
 * not know how pages are asked for, nor what becomes of them.
 */
import type { MemberRoom } from "../protocol/rooms.ts";
import { firstUnread } from "../protocol/unread.ts";
import type { Landing } from "./model.ts";
import { hasMessage, type History } from "./timeline.ts";

/** Who is put there. */
export interface Reader {
  me: number;
  readSeq: number;
  /** The server may not know yet how far one has read. */
  isAhead: boolean;
}

/** Where to begin in a room that is opened. */
export function landingOf({ membership }: MemberRoom, aroundSeq?: number): Landing {
  if (aroundSeq !== undefined) return { kind: "message", seq: aroundSeq };
  return { kind: membership.unread > 0 ? "unread" : "newest" };
}

/** The query of the page that has the place; null where what is loaded has it. */
export function pageFor(
  landing: Landing,
  history: History | undefined,
  { me, readSeq, isAhead }: Reader,
): string | null {
  switch (landing.kind) {
    case "message":
    case "place":
      return history && hasMessage(history, landing.seq) ? null : `?around=${landing.seq}`;
    case "unread":
      if (history && firstUnread(history.timeline, readSeq, me)) return null;
      return isAhead ? `?around=${readSeq + 1}` : "?around=unread";
    case "newest":
      return history === undefined || history.timeline.hasAfter ? "" : null;
    case "return":
      return null;
  }
}

/** Whether the message that was to be shown is not where it should be. */
export function isMissing(landing: Landing, history: History | undefined): boolean {
  return landing.kind === "message" && history !== undefined && !hasMessage(history, landing.seq);
}

/**
 * Just before the first unread message, where that is loaded: it stays there when that message is
 * deleted meanwhile. Otherwise at the read mark; null where nothing is unread.
 */
export function dividerOf(
  { membership: { unread, readSeq } }: MemberRoom,
  history: History | undefined,
  me: number,
): number | null {
  if (unread === 0) return null;
  const first = history && firstUnread(history.timeline, readSeq, me);
  return first === undefined ? readSeq : first.seq - 1;
}
