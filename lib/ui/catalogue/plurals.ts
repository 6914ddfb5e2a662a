/**
 * The right form of a word for a number, by the rules of the language (Unicode CLDR, through
 * `Intl.PluralRules`). Knows no words.
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
