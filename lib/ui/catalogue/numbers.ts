/**
 * Numbers as people read them: the right form of a word beside one (Unicode CLDR, through
 * `Intl.PluralRules`), and one by itself. Knows no words. What the languages share is here together
 * with what views ask for: by itself it would be one more file for a browser to fetch.
 */
import type { Language } from "../../protocol/accounts.ts";

/** Made at first use: loading a language's rules takes a phone some milliseconds. */
const rules = new Map<Language, Intl.PluralRules>();

function rulesOf(language: Language): Intl.PluralRules {
  let found = rules.get(language);
  if (found === undefined) rules.set(language, found = new Intl.PluralRules(language));
  return found;
}

/** The forms of a word; `other` serves where a language's own form is not given. */
export type PluralForms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** `plural("ru", 3, {one: "комната", few: "комнаты", other: "комнат"})` → "комнаты". */
export function plural(language: Language, count: number, forms: PluralForms): string {
  return forms[rulesOf(language).select(count)] ?? forms.other;
}

/** The number, grouped as the language does, and the word in its form. */
export function counted(language: Language, count: number, forms: PluralForms): string {
  return `${grouped(language, count)} ${plural(language, count, forms)}`;
}

/** The number, grouped as the language does; below a thousand no language of ours groups. */
export function grouped(language: Language, count: number): string {
  return Math.abs(count) < 1_000 ? String(count) : count.toLocaleString(language);
}

/** "99+" keeps a badge narrow. */
export function badgeCount(count: number): string {
  return count > 99 ? "99+" : String(count);
}
