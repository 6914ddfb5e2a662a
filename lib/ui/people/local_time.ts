/** What time it is somewhere, and how far that is from here. */
import type { Language } from "../../protocol/accounts.ts";
import type { Timestamp } from "../../protocol/time.ts";

export interface LocalTime {
  /** "14:05" or "2:05 PM", with the weekday where it is another than here. */
  text: string;
  /** Minutes by which the clock there is ahead of the one here. */
  ahead: number;
}

/**
 * Null for a zone that this browser does not know.
 * @param halves whether the reader's clock has twelve hours
 * @param aheadHere minutes by which the reader's clock is ahead of UTC now
 */
export function localTime(
  zone: string,
  now: Timestamp,
  { language, halves, aheadHere }: { language: Language; halves: boolean; aheadHere: number },
): LocalTime | null {
  try {
    const aheadThere = aheadOf(zone, now);
    const day = (ahead: number) => Math.floor((now + ahead * 60_000) / 86_400_000);
    const otherDay = day(aheadThere) !== day(aheadHere);
    const text = new Intl.DateTimeFormat(language, {
      timeZone: zone,
      hour: "numeric",
      minute: "2-digit",
      hour12: halves,
      ...(otherDay ? { weekday: "short" } : {}),
    }).format(now);
    return { text, ahead: aheadThere - aheadHere };
  } catch {
    return null;
  }
}

function aheadOf(zone: string, now: Timestamp): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    ...{ year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric" },
  }).formatToParts(now);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const there = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
  );
  return Math.round((there - Math.floor(now / 60_000) * 60_000) / 60_000);
}
