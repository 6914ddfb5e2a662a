/**
 * The times that are offered for what is planned, and how a time to come is written, in the
 * reader's zone. It must not know what is planned.
 */
import type { Timestamp } from "../../protocol/time.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { DialogsCatalogue } from "../catalogue/dialogs.ts";
import { onTheClock } from "../date_field.ts";
import { dayNumber, formatDay, formatTime, type WallClock } from "../dates.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Where a day of work begins, and where it is over. */
const [MORNING, EVENING] = [9, 18];

export interface OfferedTime {
  name: "minutes" | "hour" | "hours" | "evening" | "tomorrow" | "monday";
  at: Timestamp;
}

/** What is sent later is mostly for people who are not there now. */
export function timesToSend(clock: WallClock): OfferedTime[] {
  return ahead(clock, [inAn("hour", HOUR), evening, tomorrow, monday]);
}

/** What one is reminded of may be for the next hours. */
export function timesToRemind(clock: WallClock): OfferedTime[] {
  return ahead(clock, [
    inAn("minutes", 20 * MINUTE),
    inAn("hour", HOUR),
    inAn("hours", 3 * HOUR),
    tomorrow,
    monday,
  ]);
}

type Offer = (clock: WallClock) => OfferedTime | null;

function ahead(clock: WallClock, offers: Offer[]): OfferedTime[] {
  return offers.map((offer) => offer(clock)).filter((choice) => choice !== null);
}

/** To the full minute, as it is shown. */
function inAn(name: OfferedTime["name"], ms: number): Offer {
  return ({ now }) => ({ name, at: Math.ceil((now + ms) / MINUTE) * MINUTE });
}

/** Not where it is nearly there: "in an hour" says the same. */
const evening: Offer = (clock) => {
  const at = hourOf(clock, 0, EVENING);
  return at - clock.now > 2 * HOUR ? { name: "evening", at } : null;
};

const tomorrow: Offer = (clock) => ({ name: "tomorrow", at: hourOf(clock, 1, MORNING) });

/** The next one; where that is tomorrow, it is offered already. */
const monday: Offer = (clock) => {
  // Day 0 was a Thursday.
  const weekday = (dayNumber(clock.now, clock) + 4) % 7;
  const days = (8 - weekday) % 7 || 7;
  return days === 1 ? null : { name: "monday", at: hourOf(clock, days, MORNING) };
};

/** So many days from today, at that hour by the reader's clock. */
function hourOf(clock: WallClock, days: number, hour: number): Timestamp {
  return onTheClock((dayNumber(clock.now, clock) + days) * DAY + hour * HOUR, clock);
}

/** "Tomorrow at 09:00", "Monday, 16 March at 09:00" */
export function formatWhen(
  at: Timestamp,
  clock: WallClock,
  words: { dates: Catalogue["dates"]; later: DialogsCatalogue["later"] },
): string {
  const isTomorrow = dayNumber(at, clock) - dayNumber(clock.now, clock) === 1;
  const day = isTomorrow ? words.later.tomorrow : formatDay(at, clock, words.dates);
  return words.later.moment(day, formatTime(at, clock));
}
