/** How large a file is, as people read it. Apart from other numbers: the first view shows no file's size. */
import type { Language } from "../../protocol/accounts.ts";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/**
 * "1.4 MB", of which each has 1,024 kB: a host who sets 100 reads "100 MB" wherever the limit is said,
 * and whatever is shown as more is refused.
 */
export function formatSize(bytes: number, language: Language): string {
  let power = 0;
  let amount = bytes;
  while (power < 3 && rounded(amount, power) >= 1_024) amount = bytes / 1_024 ** ++power;
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: UNITS[power],
    // In English the short form has no plural: "78 byte".
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits: digits(power),
  }).format(amount);
}

/** As it will be shown: 1,048,500 bytes are "1 MB", not "1,024 kB". */
function rounded(amount: number, power: number): number {
  const unit = 10 ** digits(power);
  return Math.round(amount * unit) / unit;
}

function digits(power: number): number {
  return power > 1 ? 1 : 0;
}
