/** How long ago something was. Apart from other dates: what says so comes once the page is at rest. */
import type { Language } from "../protocol/accounts.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { Catalogue } from "./catalogue/catalogue.ts";
import { formatDate, type WallClock } from "./dates.ts";

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** "3 hours ago"; a date if older than a month. */
export function formatAgo(
  at: Timestamp,
  clock: WallClock,
  language: Language,
  words: Catalogue["dates"],
): string {
  const passed = Math.max(0, clock.now - at);
  if (passed > 30 * 86_400_000) return formatDate(at, clock, words);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  for (const [unit, length] of UNITS) {
    if (passed >= length) return relative.format(-Math.floor(passed / length), unit);
  }
  return words.justNow;
}
