/** How many hours two clocks differ by, in words; some zones have half hours. */
import type { Language } from "../../protocol/accounts.ts";

const FORMS: Record<Language, [hour: string, minute: string]> = {
  en: ["h", "min"],
  ru: ["ч", "мин"],
};

/** "3 h", "5 h 30 min", whatever the sign. */
export function hours(language: Language, minutes: number): string {
  const [hour, minute] = FORMS[language];
  const all = Math.abs(minutes);
  const parts: string[] = [];
  if (all >= 60) parts.push(`${Math.floor(all / 60)} ${hour}`);
  if (all % 60 !== 0) parts.push(`${all % 60} ${minute}`);
  return parts.join(" ");
}
