/**
 * Times and days as people read them, by `Intl`. The clock and the time zone come in: the server
 * renders in UTC without knowing "today", the browser then shows the reader's own.
 */
import type { Language, Timestamp } from "../protocol/objects.ts";
import type { Catalogue } from "./catalogue/catalogue.ts";

/** Where and when the reader is. `now` is null in the server's render. */
export interface Clock {
  now: Timestamp | null;
  /** An IANA name; undefined is the reader's own zone. */
  timeZone: string | undefined;
}

/** The clock of the server's render, and of the browser's first, which must equal it. */
export const SERVER_CLOCK: Clock = { now: null, timeZone: "UTC" };

/** Making a formatter costs some 50 µs, and a page of messages asks for hundreds. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(
  language: Language,
  timeZone: string | undefined,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${JSON.stringify(options)}`;
  let known = formatters.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(locale(language), { ...options, timeZone });
    formatters.set(key, known);
  }
  return known;
}

/** English without a country means the 24-hour clock and day before month here. */
function locale(language: Language): string {
  return language === "en" ? "en-GB" : language;
}

/** "14:05" */
export function formatTime(at: Timestamp, language: Language, clock: Clock): string {
  return formatter(language, clock.timeZone, { hour: "2-digit", minute: "2-digit" }).format(at);
}

/** "12 March 2026 at 14:05" */
export function formatMoment(at: Timestamp, language: Language, clock: Clock): string {
  return formatter(language, clock.timeZone, { dateStyle: "long", timeStyle: "short" }).format(at);
}

/** Names the day in the reader's zone; equal for two moments of one day. */
export function dayKey(at: Timestamp, clock: Clock): string {
  return formatter("en", clock.timeZone, { year: "numeric", month: "2-digit", day: "2-digit" })
    .format(at);
}

/** "Today", "Yesterday", "12 March", or with the year where it is not this one. */
export function formatDay(
  at: Timestamp,
  language: Language,
  clock: Clock,
  words: Catalogue["dates"],
): string {
  const { now, timeZone } = clock;
  if (now !== null) {
    const key = dayKey(at, clock);
    if (key === dayKey(now, clock)) return words.today;
    if (key === yesterdayKey(now, clock)) return words.yesterday;
  }
  const sameYear = now !== null && dayKey(at, clock).slice(6) === dayKey(now, clock).slice(6);
  return formatter(language, timeZone, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(sameYear ? {} : { year: "numeric" }),
  }).format(at);
}

/**
 * The day before today's first hours lies at most 25 hours back where clocks are put forward,
 * and a day of 25 hours is still today 24 hours back: step from noon's side of the day instead.
 */
function yesterdayKey(now: Timestamp, clock: Clock): string {
  const today = dayKey(now, clock);
  for (let hours = 20; hours <= 28; hours += 4) {
    const key = dayKey(now - hours * 3_600_000, clock);
    if (key !== today) return key;
  }
  return today;
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** "3 hours ago"; older than a month as a date. */
export function formatAgo(at: Timestamp, language: Language, now: Timestamp): string {
  const passed = Math.max(0, now - at);
  if (passed > 30 * 86_400_000) {
    return formatter(language, undefined, { dateStyle: "long" }).format(at);
  }
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  for (const [unit, length] of UNITS) {
    if (passed >= length) return relative.format(-Math.floor(passed / length), unit);
  }
  return relative.format(0, "minute");
}
