/** The words of the interface by language, and which language to speak. */
import type { Language } from "../../protocol/accounts.ts";
import type { Catalogue } from "./shape.ts";
import { loadWords, wordsOf } from "./words.ts";

export { type Catalogue, loadWords };

/** Fails in a browser that has not loaded the language: see `loadWords`. */
export function catalogue(language: Language): Catalogue {
  const words = wordsOf(language);
  if (words === undefined) throw new Error(`No words: ${language}.`);
  return words;
}

export function isLoaded(language: Language): boolean {
  return wordsOf(language) !== undefined;
}

/**
 * The user's own setting, else the first language of `Accept-Language` that there is, by weight
 * (RFC 9110, section 12.5.4), else English. Anything malformed is passed over.
 */
export function chooseLanguage(
  setting: Language | null | undefined,
  header: string | null | undefined,
): Language {
  if (setting) return setting;
  const asked = (header ?? "").slice(0, 500).split(",").map(parseRange).filter((one) => one.q > 0);
  asked.sort((a, b) => b.q - a.q);
  for (const { language } of asked) {
    if (language === "en" || language === "ru") return language;
  }
  return "en";
}

function parseRange(range: string): { language: string; q: number } {
  const [tag = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith("q="));
  const q = weight === undefined ? 1 : Number(weight.slice(2));
  return { language: tag.split("-")[0]!, q: Number.isFinite(q) ? q : 0 };
}
