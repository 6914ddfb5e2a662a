import assert from "node:assert/strict";
import { catalogue } from "../../lib/ui/catalogue/catalogue.ts";
import { formatAgo } from "../../lib/ui/ago.ts";
import {
  dayNumber,
  formatDate,
  formatDay,
  formatMoment,
  formatTime,
  localClock,
  type ReaderClock,
  SERVER_CLOCK,
  type WallClock,
} from "../../lib/ui/dates.ts";
import { localeOr, styleOf } from "../../lib/ui/browser/time_style.ts";
import { MORNING } from "./fake_client.ts";

const DAY = 86_400_000;
const CLOCK: WallClock = { now: MORNING, ahead: () => 0 };
const en = catalogue("en").dates;
const ru = catalogue("ru").dates;

/** Clocks go forward in Paris on 29 March 2026 and back on 25 October 2026. */
const inParis = (at: number) =>
  at >= Date.UTC(2026, 2, 29, 1) && at < Date.UTC(2026, 9, 25, 1) ? 120 : 60;

Deno.test("today and yesterday are called so in both languages", () => {
  assert.equal(formatDay(MORNING, CLOCK, en), "Today");
  assert.equal(formatDay(MORNING - DAY, CLOCK, en), "Yesterday");
  assert.equal(formatDay(MORNING, CLOCK, ru), "Сегодня");
  assert.equal(formatDay(MORNING - DAY, CLOCK, ru), "Вчера");
});

Deno.test("an older day has its date, and its year where that is not this one", () => {
  assert.equal(formatDay(MORNING - 2 * DAY, CLOCK, en), "Thursday, 12 March");
  assert.equal(formatDay(MORNING - 2 * DAY, CLOCK, ru), "четверг, 12 марта");
  assert.equal(formatDay(MORNING - 365 * DAY, CLOCK, en), "Friday, 14 March 2025");
  assert.equal(formatDay(MORNING - 365 * DAY, CLOCK, ru), "пятница, 14 марта 2025 г.");
});

Deno.test("tomorrow, by a clock that is behind the server's, has its date", () => {
  assert.equal(formatDay(MORNING + DAY, CLOCK, en), "Sunday, 15 March");
});

Deno.test("yesterday is the day before, however long the days between are", () => {
  for (const day of [29, 30]) {
    const clock: ReaderClock = { now: Date.UTC(2026, 2, day, 23 - 2, 30), ahead: inParis };
    assert.equal(formatDay(Date.UTC(2026, 2, day - 1, 12), clock, en), "Yesterday");
    assert.notEqual(formatDay(Date.UTC(2026, 2, day - 2, 12), clock, en), "Yesterday");
  }
  for (const hour of [0, 12, 22]) {
    const clock: ReaderClock = { now: Date.UTC(2026, 9, 25, hour, 30), ahead: inParis };
    assert.equal(formatDay(Date.UTC(2026, 9, 24, 12), clock, en), "Yesterday");
  }
});

Deno.test("the server says no today: it does not know the reader's", () => {
  assert.equal(formatDay(MORNING, SERVER_CLOCK, en), "Saturday, 14 March 2026");
});

Deno.test("a date that stands in a sentence has no day of the week, which would not fit into Russian ones", () => {
  assert.equal(formatDate(MORNING, SERVER_CLOCK, en), "14 March 2026");
  assert.equal(formatDate(MORNING, SERVER_CLOCK, ru), "14 марта 2026 г.");
});

Deno.test("times are of the reader's zone", () => {
  assert.equal(formatTime(MORNING, CLOCK), "09:00");
  assert.equal(formatTime(MORNING, { now: null, ahead: () => 540 }), "18:00");
  assert.equal(formatTime(MORNING, { now: null, ahead: () => -570 }), "23:30");
  assert.equal(formatMoment(MORNING, CLOCK, en), "14 March 2026 at 09:00");
  assert.equal(
    formatMoment(MORNING, { now: null, ahead: () => 900 }, ru),
    "15 марта 2026 г. в 00:00",
  );
});

Deno.test("the local clock agrees with the system's own dates, in summer and in winter", () => {
  for (const month of [0, 6]) {
    const at = new Date(2026, month, 14, 23, 59).getTime();
    const clock = localClock(at);
    assert.equal(formatTime(at, clock), "23:59");
    assert.equal(dayNumber(at + 60_000, clock), dayNumber(at, clock) + 1);
  }
});

Deno.test("east of Greenwich the local clock is ahead, whatever zone the test runs in", () => {
  const original = Date.prototype.getTimezoneOffset;
  Date.prototype.getTimezoneOffset = () => -120;
  try {
    assert.equal(formatTime(MORNING, localClock(MORNING)), "11:00");
  } finally {
    Date.prototype.getTimezoneOffset = original;
  }
});

Deno.test("times and days are written as the reader's browser does, in the language that is spoken", () => {
  const at = Date.UTC(2026, 10, 27, 15, 4);
  const written = (locale: string, language: "en" | "ru", moment = at) => {
    const clock: ReaderClock = { now: at, ahead: () => 0, style: styleOf(locale, language) };
    const { dates } = catalogue(language);
    return [formatTime(moment, clock), formatDay(moment - 3 * DAY, clock, dates)];
  };
  assert.deepEqual(written("en-US", "en"), ["3:04 PM", "Tuesday, November 24"]);
  assert.deepEqual(written("en-GB", "en"), ["15:04", "Tuesday, 24 November"]);
  assert.deepEqual(written("en-AU", "en"), ["3:04 pm", "Tuesday, 24 November"]);
  assert.deepEqual(written("ru-RU", "ru"), ["15:04", "вторник, 24 ноября"]);
  assert.deepEqual(written("de-DE", "en"), ["15:04", "Tuesday, 24 November"]);
  assert.deepEqual(written("en-US", "ru"), ["3:04 PM", "вторник, 24 ноября"]);
  assert.deepEqual(written("ar-EG", "en")[0], "3:04 PM");
  assert.deepEqual(written("ja-JP", "en"), ["15:04", "Tuesday, November 24"]);
  const midnight = Date.UTC(2026, 10, 27);
  assert.equal(written("en-US", "en", midnight)[0], "12:00 AM");
  assert.equal(written("en-US", "en", midnight + DAY / 2)[0], "12:00 PM");
  assert.equal(written("en-GB", "en", midnight)[0], "00:00");
  const american: ReaderClock = { now: at, ahead: () => 0, style: styleOf("en-US", "en") };
  assert.equal(formatMoment(at, american, en), "November 27, 2026 at 3:04 PM");
  assert.equal(formatDay(at - 365 * DAY, american, en), "Thursday, November 27, 2025");
});

Deno.test("a browser that says it is of no language writes times as the page is written", () => {
  for (const said of ["C", "", "c.UTF-8"]) assert.equal(localeOr("ru", said), "ru");
  assert.equal(localeOr("ru", "en-US"), "en-US");
});

Deno.test("how long ago something was is rounded down", () => {
  const ago = (passed: number, language: "en" | "ru" = "en") =>
    formatAgo(MORNING - passed, CLOCK, language, catalogue(language).dates);
  assert.equal(ago(3 * 3_600_000 - 1), "2 hours ago");
  assert.equal(ago(DAY, "ru"), "вчера");
  assert.equal(ago(-5000), "just now");
  assert.equal(ago(90 * DAY), "14 December 2025");
});
