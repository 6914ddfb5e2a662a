/**
 * Where to put the reader in a room, and what must be loaded for that: pure functions. It must not
 * know how pages are requested, nor what happens to them.
 */
import type { MemberRoom } from "../protocol/rooms.ts";
import { firstUnread } from "../protocol/unread.ts";
import type { Landing } from "./model.ts";
import { hasMessage, type LoadedHistory } from "./timeline.ts";

/** The reader. */
export interface Reader {
  me: number;
  readSeq: number;
  /** The server may not know yet how far the user has read. */
  isAhead: boolean;
}

/** Where to begin in a room that is opened. */
export function landingOf({ membership }: MemberRoom, aroundSeq?: number): Landing {
  if (aroundSeq !== undefined) return { kind: "message", seq: aroundSeq };
  return { kind: membership.unread > 0 ? "unread" : "newest" };
}

/** The query for the page with the place; null if it is already loaded. */
export function pageFor(
  landing: Landing,
  history: LoadedHistory | undefined,
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

/** Whether the message to show is missing. */
export function isMissing(landing: Landing, history: LoadedHistory | undefined): boolean {
  return landing.kind === "message" && history !== undefined && !hasMessage(history, landing.seq);
}

/**
 * Just before the first unread message, if it is loaded: the line stays there even if that message
 * is then deleted. Otherwise at the read mark; null if nothing is unread.
 */
export function dividerOf(
  { membership: { unread, readSeq } }: MemberRoom,
  history: LoadedHistory | undefined,
  me: number,
): number | null {
  if (unread === 0) return null;
  const first = history && firstUnread(history.timeline, readSeq, me);
  return first === undefined ? readSeq : first.seq - 1;
}
