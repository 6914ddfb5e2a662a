/**
 * The right form of a word for a number, by the rules of the language (Unicode CLDR, through
 * `Intl.PluralRules`). Knows no words.
 */
import type { Language } from "../../protocol/objects.ts";

const RULES: Record<Language, Intl.PluralRules> = {
  en: new Intl.PluralRules("en"),
  ru: new Intl.PluralRules("ru"),
};

/** The forms of a word; `other` serves where a language's own form is not given. */
export type PluralForms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** `plural("ru", 3, {one: "комната", few: "комнаты", other: "комнат"})` → "комнаты". */
export function plural(language: Language, count: number, forms: PluralForms): string {
  return forms[RULES[language].select(count)] ?? forms.other;
}

/** The number, grouped as the language does, and the word in its form. */
export function counted(language: Language, count: number, forms: PluralForms): string {
  return `${count.toLocaleString(language)} ${plural(language, count, forms)}`;
}
