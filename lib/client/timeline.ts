/**
 * One room's loaded messages: pure functions from history to history. The stretch has no gaps;
 * `rev` is the revision of the room it is current to. It must not know where messages come from,
 * nor who reads them.
 */
import type { Message } from "../protocol/messages.ts";
import type { Changes } from "../protocol/sync.ts";
import { countsAsUnread, indexFrom, reaches } from "../protocol/unread.ts";
import type { Timeline } from "./model.ts";

/**
 * The most messages of one room to keep loaded; beyond it, those furthest from where the stretch
 * grows are dropped, a tenth at once. A thousand take about a megabyte.
 */
export const MOST_LOADED = 12_000;
const TRIMMED = MOST_LOADED * 0.9;

export interface LoadedHistory {
  readonly timeline: Timeline;
  /** The stretch includes every change up to here. Single messages may be newer. */
  readonly rev: number;
}

/** What `GET /api/rooms/:id/messages` answers. */
export interface Page {
  messages: Message[];
  head: number;
  hasBefore: boolean;
  hasAfter: boolean;
}

export function historyOf(page: Page): LoadedHistory {
  const { messages, head, hasBefore, hasAfter } = page;
  return { timeline: { messages, hasBefore, hasAfter, loading: "none" }, rev: head };
}

/** Applies a live event if it is the very next one; otherwise returns the same history. */
export function takeLive(history: LoadedHistory, message: Message, rev: number): LoadedHistory {
  if (rev !== history.rev + 1) return history;
  return { timeline: bounded(withMessages(history.timeline, [message]), "after"), rev };
}

/** Applies the answer to a `sync` from `since`. */
export function takeChanges(
  history: LoadedHistory,
  changes: Changes,
  since: number,
): LoadedHistory {
  const reached = reachedBy(changes);
  // An answer that begins after what is known would leave a gap.
  if (since > history.rev || reached <= history.rev) return history;
  return { timeline: withMessages(history.timeline, changes.messages), rev: reached };
}

/** Takes what belongs into the stretch, whatever else has changed in the room. */
export function takeNews(history: LoadedHistory, messages: readonly Message[]): LoadedHistory {
  return { ...history, timeline: withMessages(history.timeline, messages) };
}

/** What stands in the room itself: replies for their thread alone do not. */
export function flowOf(timeline: Timeline | null): Timeline | null {
  if (timeline === null || !timeline.messages.some(isThreadOnly)) return timeline;
  return { ...timeline, messages: timeline.messages.filter((message) => !isThreadOnly(message)) };
}

function isThreadOnly({ threadOnly }: Message): boolean {
  return threadOnly === true;
}

/** The revision known after these changes. */
export function reachedBy(changes: Changes): number {
  return changes.more ? changes.messages.at(-1)?.rev ?? 0 : changes.head;
}

/**
 * Joins a page to the stretch. If the page was read before the latest events, events for its
 * messages were ignored: `rev` goes back to the page's head, and a `sync` from there fills the gap.
 */
export function takePage(
  history: LoadedHistory,
  page: Page,
  side: "before" | "after",
): LoadedHistory {
  const { timeline } = history;
  // While the page was on its way, some of its messages may already have joined the stretch.
  const news = page.messages.filter((message) => indexOf(timeline.messages, message.seq) < 0);
  const kept = timeline.messages.map((message) => newest(message, page.messages));
  const messages = side === "before" ? [...news, ...kept] : [...kept, ...news];
  const edges = side === "before"
    ? { hasBefore: page.hasBefore, hasAfter: timeline.hasAfter }
    : { hasBefore: timeline.hasBefore, hasAfter: page.hasAfter };
  return {
    timeline: bounded({ messages, ...edges, loading: "none" }, side),
    rev: Math.min(history.rev, page.head),
  };
}

/** `side`: where it has just grown. */
function bounded(timeline: Timeline, side: "before" | "after"): Timeline {
  const { messages } = timeline;
  if (messages.length <= MOST_LOADED) return timeline;
  return side === "before"
    ? { ...timeline, messages: messages.slice(0, TRIMMED), hasAfter: true }
    : { ...timeline, messages: messages.slice(-TRIMMED), hasBefore: true };
}

export function withLoading(history: LoadedHistory, loading: Timeline["loading"]): LoadedHistory {
  return { ...history, timeline: { ...history.timeline, loading } };
}

/** The `seq` at one end of the stretch; undefined if nothing is loaded. */
export function edgeOf(messages: readonly Message[], side: "before" | "after"): number | undefined {
  return messages.at(side === "before" ? 0 : -1)?.seq;
}

/** Whether the message with this `seq` is loaded. */
export function hasMessage({ timeline }: LoadedHistory, seq: number): boolean {
  return indexOf(timeline.messages, seq) >= 0;
}

/** Unread messages in the stretch after `from` and up to `to`; null if not all are loaded. */
export function unreadBetween(
  { timeline }: LoadedHistory,
  from: number,
  to: number,
  me: number,
): Message[] | null {
  const { messages, hasAfter } = timeline;
  const last = messages.at(-1);
  if (!reaches(timeline, from)) return null;
  if (hasAfter && (last === undefined || last.seq < to)) return null;
  return messages.slice(indexFrom(messages, from + 1), indexFrom(messages, to + 1))
    .filter((message) => countsAsUnread(message, me));
}

/** Drops all but the newest `keep` messages of a stretch that is not shown. */
export function trimmed(history: LoadedHistory, keep: number): LoadedHistory {
  const { timeline } = history;
  if (timeline.hasAfter || timeline.messages.length <= keep) return history;
  const messages = timeline.messages.slice(-keep);
  return { ...history, timeline: { ...timeline, messages, hasBefore: true } };
}

/** The message as it was at exactly this revision of the room; undefined if unknown. */
export function messageAsOf(history: LoadedHistory | undefined, seq: number, rev: number) {
  if (history === undefined || history.rev < rev) return undefined;
  const { messages } = history.timeline;
  const found = messages[indexOf(messages, seq)];
  return found !== undefined && found.rev <= rev ? found : undefined;
}

/** The index of the message with this `seq`; if there is none, `-1 - (its place)`. */
function indexOf(messages: readonly Message[], seq: number): number {
  const index = indexFrom(messages, seq);
  return messages[index]?.seq === seq ? index : -1 - index;
}

function withMessages(timeline: Timeline, changed: readonly Message[]): Timeline {
  const messages = [...timeline.messages];
  for (const message of changed) {
    const index = indexOf(messages, message.seq);
    if (index >= 0) {
      if (message.rev > messages[index]!.rev) messages[index] = message;
    } else if (belongs(timeline, messages, -1 - index)) {
      messages.splice(-1 - index, 0, message);
    }
  }
  return { ...timeline, messages };
}

/** A message that is not loaded belongs inside the stretch, or at an end with nothing beyond it. */
function belongs(timeline: Timeline, messages: readonly Message[], place: number): boolean {
  if (place === 0 && timeline.hasBefore) return false;
  return !(place === messages.length && timeline.hasAfter);
}

function newest(message: Message, page: readonly Message[]): Message {
  const other = page[indexOf(page, message.seq)];
  return other !== undefined && other.rev > message.rev ? other : message;
}
