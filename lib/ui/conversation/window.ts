/**
 * Which of the loaded messages stand in the page: a stretch of them without holes, moved along in
 * steps when the reader nears its end. Pure: it knows neither the page nor pixels. It is named by
 * places (`seq`), not by indices, which move when older messages are put before.
 */
import type { Message } from "../../protocol/messages.ts";
import { indexFrom } from "../../protocol/unread.ts";

/** Messages in the page at most, unless somebody selects text in them. */
export const MOST = 160;
/** The same while text is selected: what is selected stays. */
export const MOST_SELECTED = 400;
/** How many are added at once: as many as a slow phone renders without freezing. */
export const STEP = 20;
/** How many at first: more than fit on a screen. */
const FIRST = 60;
/** Of those, before the message that one comes for. */
const BEFORE = 25;

/** `last` is null where it goes on to whatever is the newest that is loaded. */
export interface Window {
  first: number;
  last: number | null;
}

/** Indices into what is loaded: from, up to and without. */
export interface Shown {
  from: number;
  to: number;
}

export function shownOf(messages: readonly Message[], { first, last }: Window): Shown {
  const to = last === null ? messages.length : indexFrom(messages, last + 1);
  return { from: Math.min(indexFrom(messages, first), to), to };
}

function windowOf(messages: readonly Message[], from: number, to: number): Window {
  const first = messages[Math.max(0, from)]?.seq ?? 0;
  return { first, last: to >= messages.length ? null : messages[to - 1]!.seq };
}

/** To begin with, around the message at `index`; null: at the end. */
export function windowAround(messages: readonly Message[], index: number | null): Window {
  const count = messages.length;
  const from = Math.max(0, Math.min((index ?? count) - BEFORE, count - FIRST));
  return windowOf(messages, from, from + FIRST);
}

/** Whether around the message stands what one begins with there, or all that is loaded. */
export function holds(messages: readonly Message[], window: Window, index: number): boolean {
  const { from, to } = shownOf(messages, window);
  const above = from === 0 ? Infinity : index - from;
  const below = to === messages.length ? Infinity : to - index;
  return above >= BEFORE && below >= FIRST - BEFORE;
}

/** One step further; at the other end go those beyond `most`, but none that are in `keep`. */
export function movedWindow(
  messages: readonly Message[],
  window: Window,
  side: "before" | "after",
  keep: Shown | null,
): Window {
  const { from, to } = shownOf(messages, window);
  const start = side === "before" ? Math.max(0, from - STEP) : from;
  const end = side === "after" ? Math.min(messages.length, to + STEP) : to;
  const most = keep === null ? MOST : MOST_SELECTED;
  return side === "before"
    ? windowOf(
      messages,
      start,
      Math.min(end, Math.max(start + MOST, Math.min(keep?.to ?? 0, start + most))),
    )
    : windowOf(
      messages,
      Math.max(start, Math.min(end - MOST, Math.max(keep?.from ?? end, end - most))),
      end,
    );
}

/**
 * The window after messages have come. One that goes on to the newest grows with them; beyond the
 * most, its beginning goes where the reader is at the end, though not what waits from index `hold`
 * on to be read, and else it does not go on any more.
 */
export function fittedWindow(
  messages: readonly Message[],
  window: Window,
  atEnd: boolean,
  hold: number | null,
): Window {
  const { from, to } = shownOf(messages, window);
  if (window.last !== null || to - from <= MOST) return window;
  if (!atEnd) return windowOf(messages, from, from + MOST);
  const start = Math.min(to - MOST + STEP, Math.max(from, (hold ?? to) - BEFORE));
  return windowOf(messages, start, Math.min(to, start + MOST));
}
