/** What a field of the type `datetime-local` holds, and the moment that it means by a clock. Pure. */
import type { Timestamp } from "../protocol/time.ts";
import type { ReaderClock } from "./dates.ts";

const MINUTE = 60_000;
/** Clocks are changed less often than that, and by less. */
const DAY = 86_400_000;

/**
 * The moment at which the reader's clock shows `wall`, which is written as if it were UTC's. Where
 * clocks are set back the first of two; where they skip it, as far behind the gap.
 */
export function onTheClock(wall: number, clock: ReaderClock): Timestamp {
  const [before, after] = [wall - DAY, wall + DAY].map((at) => {
    const ahead = clock.ahead(at);
    const moment = wall - ahead * MINUTE;
    return { moment, shows: clock.ahead(moment) === ahead };
  });
  return before!.shows || !after!.shows ? before!.moment : after!.moment;
}

/** Reads "2026-03-12T14:05"; null for what is none. */
export function readField(value: string, clock: ReaderClock): Timestamp | null {
  const wall = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d/.test(value)
    ? Date.parse(`${value.slice(0, 16)}Z`)
    : NaN;
  return Number.isNaN(wall) ? null : onTheClock(wall, clock);
}

export function writeField(at: Timestamp, clock: ReaderClock): string {
  return new Date(at + clock.ahead(at) * MINUTE).toISOString().slice(0, 16);
}
