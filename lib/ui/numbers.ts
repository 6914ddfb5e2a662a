/** Numbers as people read them. Pure. */
import type { Language } from "../protocol/accounts.ts";

/** "1.4 MB": decimal units, as file managers show them. */
export function formatSize(bytes: number, language: Language): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const power = Math.min(3, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[power],
    unitDisplay: "short",
    maximumFractionDigits: power > 1 ? 1 : 0,
  }).format(bytes / 1000 ** power);
}

/** "99+" keeps a badge narrow. */
export function badgeCount(count: number): string {
  return count > 99 ? "99+" : String(count);
}
