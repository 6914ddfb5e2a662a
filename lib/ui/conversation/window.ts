/**
 * Which of the loaded messages are in the page: one stretch without gaps, which moves in steps when
 * the reader comes near its end. It is described by places (`seq`), because indices shift when
 * older messages are added. Pure: it knows neither the page nor pixels.
 */
import type { Message } from "../../protocol/messages.ts";
import { indexFrom } from "../../protocol/unread.ts";

/** The most messages in the page, unless text in them is selected. */
export const MOST = 160;
/** The most while text is selected, since selected text must stay. */
export const MOST_SELECTED = 400;
/** How many are added at once: as many as a slow phone can render without freezing. */
export const STEP = 20;
/** How many at first: more than fit on a screen. */
const FIRST = 60;
/** How many of those come before the message that the reader came for. */
const BEFORE = 25;

/** `last` is null if the window extends to the newest loaded message, whichever that is. */
export interface Window {
  first: number;
  last: number | null;
}

/** Indices into the loaded messages: `from` is included, `to` is not. */
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

/** The first window around the message at `index`, or at the end if it is null. */
export function windowAround(messages: readonly Message[], index: number | null): Window {
  const count = messages.length;
  const from = Math.max(0, Math.min((index ?? count) - BEFORE, count - FIRST));
  return windowOf(messages, from, from + FIRST);
}

/** Whether the window holds as much around the message as a first window would, or all there is. */
export function holds(messages: readonly Message[], window: Window, index: number): boolean {
  const { from, to } = shownOf(messages, window);
  const above = from === 0 ? Infinity : index - from;
  const below = to === messages.length ? Infinity : to - index;
  return above >= BEFORE && below >= FIRST - BEFORE;
}

/** Moves one step. Messages beyond the most leave at the other end, except those in `keep`. */
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
 * The window after messages have arrived. A window that extends to the newest message grows with
 * them. If it grows too large while the reader is at the end, its oldest messages leave, but not
 * those from index `hold` on, which wait to be read. If the reader is elsewhere, it no longer
 * extends to the newest message.
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
