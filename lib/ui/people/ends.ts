/** When a status ends by itself, as people choose it. Pure: the reader's clock comes in. */
import type { Timestamp } from "../../protocol/time.ts";

/** `at`: a moment that is chosen by itself. */
export const ENDS = ["never", "half", "hour", "four", "today", "week", "at"] as const;
export type End = (typeof ENDS)[number];

const MINUTE = 60_000;

/** The moment, in the zone that `now` is read in; null: it stays. */
export function endOf(end: Exclude<End, "at">, now: Date): Timestamp | null {
  switch (end) {
    case "never":
      return null;
    case "half":
      return now.getTime() + 30 * MINUTE;
    case "hour":
      return now.getTime() + 60 * MINUTE;
    case "four":
      return now.getTime() + 240 * MINUTE;
    case "today":
      return endOfDay(now, 0);
    case "week":
      // To the end of Sunday, which ends the week in both languages' countries but one.
      return endOfDay(now, (7 - now.getDay()) % 7);
  }
}

function endOfDay(now: Date, days: number): Timestamp {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 23, 59, 59).getTime();
}
