/**
 * Times and days as people read them. The clock and the time zone come in: the server renders in
 * UTC without knowing "today", the browser then shows the reader's own.
 *
 * By hand, with the catalogue's words: the first `Intl.DateTimeFormat` of a page takes a third of
 * the task in which it wakes, 30 ms here, a phone's tenth of a second.
 */
import type { Language, Timestamp } from "../protocol/objects.ts";
import type { Catalogue } from "./catalogue/catalogue.ts";

/** When and where the reader is. */
export interface Clock {
  /** Null in the server's render. */
  now: Timestamp | null;
  /** Minutes by which the reader's clocks were ahead of UTC at a moment. */
  ahead(at: Timestamp): number;
}

/** The reader's own, where "today" is known. */
export interface WallClock extends Clock {
  now: Timestamp;
}

/** The clock of the server's render, and of the browser's first, which must equal it. */
export const SERVER_CLOCK: Clock = { now: null, ahead: () => 0 };

/** In this system's zone. */
export function localClock(now: Timestamp): WallClock {
  return { now, ahead: (at) => -new Date(at).getTimezoneOffset() };
}

/** A Date whose UTC parts are those of the reader's zone. */
function onTheWall(at: Timestamp, clock: Clock): Date {
  return new Date(at + clock.ahead(at) * 60_000);
}

/** Counts days in the reader's zone; equal for two moments of one day. */
export function dayNumber(at: Timestamp, clock: Clock): number {
  return Math.floor(onTheWall(at, clock).getTime() / 86_400_000);
}

/** "14:05" */
export function formatTime(at: Timestamp, clock: Clock): string {
  return onTheWall(at, clock).toISOString().slice(11, 16);
}

/** "12 March 2026 at 14:05" */
export function formatMoment(at: Timestamp, clock: Clock, words: Catalogue["dates"]): string {
  return words.moment(dated(onTheWall(at, clock), words), formatTime(at, clock));
}

/** "Today", "Yesterday", "Thursday, 12 March", or with the year where it is not this one. */
export function formatDay(at: Timestamp, clock: Clock, words: Catalogue["dates"]): string {
  const { now } = clock;
  const daysAgo = now === null ? null : dayNumber(now, clock) - dayNumber(at, clock);
  if (daysAgo === 0) return words.today;
  if (daysAgo === 1) return words.yesterday;
  const day = onTheWall(at, clock);
  const year = day.getUTCFullYear();
  const thisYear = now !== null && year === onTheWall(now, clock).getUTCFullYear();
  const date = thisYear ? dayAndMonth(day, words) : dated(day, words);
  return `${words.weekdays[day.getUTCDay()]}, ${date}`;
}

/** "12 March 2026" */
function dated(day: Date, words: Catalogue["dates"]): string {
  return words.ofYear(dayAndMonth(day, words), day.getUTCFullYear());
}

function dayAndMonth(day: Date, words: Catalogue["dates"]): string {
  return `${day.getUTCDate()} ${words.months[day.getUTCMonth()]}`;
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** "3 hours ago"; older than a month as a date. */
export function formatAgo(
  at: Timestamp,
  clock: WallClock,
  language: Language,
  words: Catalogue["dates"],
): string {
  const passed = Math.max(0, clock.now - at);
  if (passed > 30 * 86_400_000) return dated(onTheWall(at, clock), words);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  for (const [unit, length] of UNITS) {
    if (passed >= length) return relative.format(-Math.floor(passed / length), unit);
  }
  return relative.format(0, "minute");
}
