/**
 * A room as its member sees it, with the server's counts: `head`, the read mark, unread messages
 * and mentions. Pure functions. Sometimes the counts do not follow from what is loaded (after an
 * edit of an unread message that was not loaded: did it mention the member before?); then `sure` is
 * false, and the room must be requested.
 */
import { concerns } from "../protocol/group_mentions.ts";
import type { Membership } from "../protocol/members.ts";
import type { Message } from "../protocol/messages.ts";
import type { MemberRoom } from "../protocol/rooms.ts";
import type { Changes } from "../protocol/sync.ts";
import { LIMITS } from "../protocol/limits.ts";
import { type LoadedHistory, messageAsOf, reachedBy, unreadBetween } from "./timeline.ts";

export interface Counted {
  readonly room: MemberRoom;
  readonly sure: boolean;
}

/** Applies a live event if it is the very next one. `history`: as it was before the event. */
export function countLive(
  room: MemberRoom,
  message: Message,
  rev: number,
  me: number,
  history: LoadedHistory | undefined,
): Counted {
  if (rev !== room.head + 1) return { room, sure: true };
  const { membership, sure } = countMessage(room, room.membership, message, me, history);
  return { room: { ...room, head: rev, membership }, sure };
}

/** Applies the answer to a `sync` from `since`. `history`: as it was before the answer. */
export function countChanges(
  room: MemberRoom,
  changes: Changes,
  since: number,
  me: number,
  history: LoadedHistory | undefined,
): Counted {
  const head = reachedBy(changes);
  if (since > room.head || head <= room.head) return { room, sure: true };
  let membership = room.membership;
  // If there is more, a message that arrives twice would be counted twice.
  let sure = !changes.more;
  const fresh = changes.messages.filter((message) => message.rev > room.head);
  for (const message of fresh) {
    if (message.userId === me && message.seq > room.head) {
      // Whether a message deleted since was unread can no longer be known.
      sure = false;
      continue;
    }
    const counted = countMessage(room, membership, message, me, history);
    membership = counted.membership;
    sure &&= counted.sure;
  }
  return { room: { ...room, head, membership }, sure };
}

/** Moves the read mark, never back. `history`: as it is now. The counters must be sure. */
export function moveReadMark(
  room: MemberRoom,
  seq: number,
  me: number,
  history: LoadedHistory | undefined,
): Counted {
  const { membership, head } = room;
  if (seq <= membership.readSeq) return { room, sure: true };
  const moved = { ...membership, readSeq: seq };
  if (seq >= head || membership.unread === 0) {
    return { room: { ...room, membership: { ...moved, unread: 0, mentions: 0 } }, sure: true };
  }
  const counted = history === undefined || history.rev !== head
    ? null
    : countLeft(membership, seq, head, me, history);
  return counted === null
    ? { room: { ...room, membership: moved }, sure: false }
    : { room: { ...room, membership: { ...moved, ...counted } }, sure: true };
}

/** Moves the read mark back. `history`: as it is now. */
export function moveMarkBack(
  room: MemberRoom,
  seq: number,
  me: number,
  history: LoadedHistory | undefined,
): Counted {
  const { membership, head } = room;
  const left = history?.rev === head ? unreadBetween(history, seq, head, me) : null;
  const { unread, mentions } = left === null
    ? { ...membership, unread: Math.max(1, membership.unread) }
    : {
      unread: capped(left.length),
      mentions: capped(mentioning(left, me)),
    };
  const moved = { ...membership, readSeq: seq, unread, mentions };
  return { room: { ...room, membership: moved }, sure: left !== null };
}

/**
 * The unread count after `seq`: counted from there, or the earlier count less what has been read.
 */
function countLeft(
  { readSeq, unread, mentions }: Membership,
  seq: number,
  head: number,
  me: number,
  history: LoadedHistory,
): Pick<Membership, "unread" | "mentions"> | null {
  const left = unreadBetween(history, seq, head, me);
  if (left !== null) return { unread: capped(left.length), mentions: capped(mentioning(left, me)) };
  const read = unreadBetween(history, readSeq, seq, me);
  // At the limit, the real number is unknown.
  if (read === null || unread >= LIMITS.unreadCount) return null;
  return {
    unread: Math.max(0, unread - read.length),
    mentions: Math.max(0, mentions - mentioning(read, me)),
  };
}

function mentioning(messages: readonly Message[], me: number): number {
  return messages.filter((message) => concerns(message, me)).length;
}

/**
 * Applies what the server says about a room: always its name and so on, its counters only if they
 * count to the same head and mark. `exact` is true if they do.
 */
export function mergeRoom(
  ours: MemberRoom,
  theirs: MemberRoom,
  me: number,
  history: LoadedHistory | undefined,
): Counted & { readonly exact: boolean } {
  const { readSeq, unread, mentions } = ours.membership;
  const same = theirs.head === ours.head && theirs.membership.readSeq === readSeq;
  if (same) return { room: theirs, sure: true, exact: true };
  const membership = { ...theirs.membership, readSeq, unread, mentions };
  const merged = { ...theirs, head: ours.head, membership };
  return { ...moveReadMark(merged, theirs.membership.readSeq, me, history), exact: false };
}

interface Step {
  membership: Membership;
  sure: boolean;
}

/** `room` is as it was before the change: a message with a seq above its head is new. */
function countMessage(
  room: MemberRoom,
  membership: Membership,
  message: Message,
  me: number,
  history: LoadedHistory | undefined,
): Step {
  const unchanged = { membership, sure: true };
  if (message.seq <= membership.readSeq) return unchanged;
  if (message.userId === me) {
    // As on the server: writing a message does not mark earlier ones by others as read.
    if (message.seq <= room.head || membership.unread > 0) return unchanged;
    return { membership: { ...membership, readSeq: message.seq }, sure: true };
  }
  // In the room it is nothing new.
  if (message.threadOnly) return unchanged;
  if (message.seq > room.head) return { membership: countNew(membership, message, me), sure: true };
  return countChanged(membership, message, me, messageAsOf(history, message.seq, room.head));
}

function countNew(membership: Membership, message: Message, me: number): Membership {
  if (message.deletedAt !== null) return membership;
  return {
    ...membership,
    unread: capped(membership.unread + 1),
    mentions: capped(membership.mentions + (concerns(message, me) ? 1 : 0)),
  };
}

/** An unread message by somebody else was edited, deleted, or reacted to. */
function countChanged(
  membership: Membership,
  message: Message,
  me: number,
  before: Message | undefined,
): Step {
  const deleted = message.deletedAt !== null;
  const mentionedBefore = before === undefined
    ? guessMentioned(membership, message, me)
    : concerns(before, me);
  const mentionedNow = !deleted && concerns(message, me);
  const full = membership.unread >= LIMITS.unreadCount;
  if (mentionedBefore === null || (deleted && full)) return { membership, sure: false };
  // While a recount is pending, the counters may already be too low.
  const unread = Math.max(0, membership.unread - Number(deleted));
  const change = Number(mentionedNow) - Number(mentionedBefore);
  const mentions = Math.max(0, membership.mentions + change);
  return { membership: { ...membership, unread, mentions }, sure: true };
}

/** Whether an unread message that is not loaded mentioned the member; null: unknown. */
function guessMentioned(membership: Membership, message: Message, me: number): boolean | null {
  if (membership.mentions === 0) return false;
  if (membership.mentions === membership.unread) return true;
  if (message.deletedAt === null && message.editedAt === null) return concerns(message, me);
  return null;
}

function capped(count: number): number {
  return Math.min(count, LIMITS.unreadCount);
}
