/**
 * How times are written where the reader's browser comes from. Asking it takes a while the first
 * time, so it is asked at rest.
 */
import type { Language } from "../../protocol/accounts.ts";
import { PLAIN_STYLE, type ReaderClock, type TimeStyle } from "../dates.ts";

/** The same clock where the reader's browser writes times as it does already. */
export function inStyle(clock: ReaderClock, language: Language): ReaderClock {
  const style = styleOf(localeOr(language, navigator.language), language);
  const { halves, monthFirst } = clock.style ?? PLAIN_STYLE;
  const same = String(style.halves) === String(halves) && style.monthFirst === monthFirst;
  return same ? clock : { ...clock, style };
}

/** WebKit in an environment without a language says "C", which `Intl` refuses. */
export function localeOr(otherwise: Language, said: string): string {
  try {
    return new Intl.Locale(said).toString();
  } catch {
    return otherwise;
  }
}

/**
 * The style of a locale such as "en-US". Slow the first time. Throws `RangeError` for an invalid
 * locale. The halves of the day get the locale's own names if it is of our language ("pm" in
 * Australia), otherwise "AM" and "PM".
 */
export function styleOf(locale: string, language: Language): TimeStyle {
  const format = new Intl.DateTimeFormat(locale, {
    month: "long",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZone: "UTC",
  });
  const parts = (hour: number) => format.formatToParts(Date.UTC(2026, 0, 2, hour));
  const half = (hour: number) => parts(hour).find(({ type }) => type === "dayPeriod")?.value;
  const order = parts(9).map(({ type }) => type);
  const [am, pm] = [half(9), half(21)];
  const ours = locale.split("-")[0]!.toLowerCase() === language && am && pm;
  return {
    halves: format.resolvedOptions().hour12 ? ours ? [am, pm] : ["AM", "PM"] : null,
    monthFirst: order.indexOf("month") < order.indexOf("day"),
  };
}
