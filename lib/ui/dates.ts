/**
 * Times and days as people read them. The clock and the time zone are passed in: the server renders
 * in UTC without knowing "today", then the browser shows the reader's own.
 *
 * Formatted by hand, with the catalogue's words: the first `Intl.DateTimeFormat` of a page takes a
 * third of the task in which the page wakes (30 ms here, a tenth of a second on a phone). It is
 * asked once how the reader writes times, when the page is awake and idle (`browser/time_style.ts`).
 */
import type { Timestamp } from "../protocol/time.ts";
import type { Catalogue } from "./catalogue/catalogue.ts";

/** How times are written where the reader's browser comes from, whatever the page's language. */
export interface TimeStyle {
  /** The words after the hours before and after noon; null for a 24-hour clock. */
  halves: readonly [am: string, pm: string] | null;
  /** "March 12", in languages that allow both orders. */
  monthFirst: boolean;
}

/** The server's style, and the browser's until it has asked. */
export const PLAIN_STYLE: TimeStyle = { halves: null, monthFirst: false };

/** When and where the reader is. */
export interface ReaderClock {
  /** Null in the server's render. */
  now: Timestamp | null;
  /** How many minutes the reader's clock was ahead of UTC at a moment. */
  ahead(at: Timestamp): number;
  /** The server's style by default. */
  style?: TimeStyle;
}

/** The reader's own, once "today" is known. */
export interface WallClock extends ReaderClock {
  now: Timestamp;
}

/** The clock of the server's render, and of the browser's first render, which must match it. */
export const SERVER_CLOCK: ReaderClock = { now: null, ahead: () => 0 };

/** In this system's time zone. */
export function localClock(now: Timestamp, style = PLAIN_STYLE): WallClock {
  return { now, ahead: (at) => -new Date(at).getTimezoneOffset(), style };
}

/** A Date whose UTC parts are those of the reader's zone. */
function onTheWall(at: Timestamp, clock: ReaderClock): Date {
  return new Date(at + clock.ahead(at) * 60_000);
}

/** Numbers the days in the reader's zone: two moments of the same day get the same number. */
export function dayNumber(at: Timestamp, clock: ReaderClock): number {
  return Math.floor(onTheWall(at, clock).getTime() / 86_400_000);
}

/** "14:05" or "2:05 PM" */
export function formatTime(at: Timestamp, clock: ReaderClock): string {
  const halves = clock.style?.halves;
  if (!halves) return formatHour(at, clock);
  return `${formatHour(at, clock)} ${halves[onTheWall(at, clock).getUTCHours() < 12 ? 0 : 1]}`;
}

/** "14:05" or "2:05", for places where a time nearby shows the half of the day. */
export function formatHour(at: Timestamp, clock: ReaderClock): string {
  const time = onTheWall(at, clock).toISOString().slice(11, 16);
  return clock.style?.halves ? `${Number(time.slice(0, 2)) % 12 || 12}${time.slice(2)}` : time;
}

/** "12 March 2026 at 14:05", "March 12, 2026 at 2:05 PM" */
export function formatMoment(at: Timestamp, clock: ReaderClock, words: Catalogue["dates"]): string {
  return words.moment(formatDate(at, clock, words), formatTime(at, clock));
}

/** "Today", "Yesterday", "Thursday, 12 March", with the year if it is not this one. */
export function formatDay(at: Timestamp, clock: ReaderClock, words: Catalogue["dates"]): string {
  const { now } = clock;
  const daysAgo = now === null ? null : dayNumber(now, clock) - dayNumber(at, clock);
  if (daysAgo === 0) return words.today;
  if (daysAgo === 1) return words.yesterday;
  const day = onTheWall(at, clock);
  const year = day.getUTCFullYear();
  const thisYear = now !== null && year === onTheWall(now, clock).getUTCFullYear();
  const date = thisYear ? dayAndMonth(at, clock, words) : formatDate(at, clock, words);
  return `${words.weekdays[day.getUTCDay()]}, ${date}`;
}

/** "12 March 2026", "March 12, 2026": also within a sentence, after "until" and its like. */
export function formatDate(at: Timestamp, clock: ReaderClock, words: Catalogue["dates"]): string {
  const year = onTheWall(at, clock).getUTCFullYear();
  return words.ofYear(dayAndMonth(at, clock, words), year, isMonthFirst(clock, words));
}

function dayAndMonth(at: Timestamp, clock: ReaderClock, words: Catalogue["dates"]): string {
  const day = onTheWall(at, clock);
  const month = words.months[day.getUTCMonth()];
  const number = day.getUTCDate();
  return isMonthFirst(clock, words) ? `${month} ${number}` : `${number} ${month}`;
}

function isMonthFirst(clock: ReaderClock, words: Catalogue["dates"]): boolean {
  return words.monthMayLead && (clock.style?.monthFirst ?? false);
}
