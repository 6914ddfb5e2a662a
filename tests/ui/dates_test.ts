import assert from "node:assert/strict";
import { catalogue } from "../../lib/ui/catalogue/catalogue.ts";
import {
  type Clock,
  formatAgo,
  formatDay,
  formatMoment,
  formatTime,
  SERVER_CLOCK,
} from "../../lib/ui/dates.ts";
import { MORNING } from "./fake_client.ts";

const DAY = 86_400_000;
const CLOCK: Clock = { now: MORNING, timeZone: "UTC" };
const en = catalogue("en").dates;
const ru = catalogue("ru").dates;

Deno.test("today and yesterday are called so in both languages", () => {
  assert.equal(formatDay(MORNING, "en", CLOCK, en), "Today");
  assert.equal(formatDay(MORNING - DAY, "en", CLOCK, en), "Yesterday");
  assert.equal(formatDay(MORNING, "ru", CLOCK, ru), "Сегодня");
  assert.equal(formatDay(MORNING - DAY, "ru", CLOCK, ru), "Вчера");
});

Deno.test("an older day has its date, and its year where that is not this one", () => {
  assert.equal(formatDay(MORNING - 2 * DAY, "en", CLOCK, en), "Thursday 12 March");
  assert.match(formatDay(MORNING - 2 * DAY, "ru", CLOCK, ru), /четверг.*12 марта$/);
  assert.match(formatDay(MORNING - 365 * DAY, "en", CLOCK, en), /14 March 2025/);
});

Deno.test("yesterday is the day before, however long the days between are", () => {
  // Clocks go forward in Paris on 29 March 2026 and back on 25 October 2026.
  for (const day of [29, 30]) {
    const clock = { now: Date.UTC(2026, 2, day, 23 - 2, 30), timeZone: "Europe/Paris" };
    assert.equal(formatDay(Date.UTC(2026, 2, day - 1, 12), "en", clock, en), "Yesterday");
    assert.notEqual(formatDay(Date.UTC(2026, 2, day - 2, 12), "en", clock, en), "Yesterday");
  }
  for (const hour of [0, 12, 22]) {
    const clock = { now: Date.UTC(2026, 9, 25, hour, 30), timeZone: "Europe/Paris" };
    assert.equal(formatDay(Date.UTC(2026, 9, 24, 12), "en", clock, en), "Yesterday");
  }
});

Deno.test("the server says no today: it does not know the reader's", () => {
  assert.match(formatDay(MORNING, "en", SERVER_CLOCK, en), /14 March 2026/);
});

Deno.test("times are of the reader's zone", () => {
  assert.equal(formatTime(MORNING, "en", CLOCK), "09:00");
  assert.equal(formatTime(MORNING, "ru", { now: null, timeZone: "Asia/Tokyo" }), "18:00");
  assert.match(formatMoment(MORNING, "en", CLOCK), /14 March 2026.*09:00/);
});

Deno.test("how long ago something was is rounded down", () => {
  assert.equal(formatAgo(MORNING - 3 * 3_600_000 - 1, "en", MORNING), "3 hours ago");
  assert.equal(formatAgo(MORNING - DAY, "ru", MORNING), "вчера");
  assert.equal(formatAgo(MORNING + 5000, "en", MORNING), "this minute");
  assert.match(formatAgo(MORNING - 90 * DAY, "en", MORNING), /2025/);
});
