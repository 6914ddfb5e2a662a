/**
 * The words of each language as the browser gets them: a reader needs one language, and every other
 * would be a tenth of the page. Stands in place of `words.ts` in the browser's build.
 */
import type { Language } from "../../protocol/accounts.ts";
import { isolating } from "../direction.ts";
import type { Catalogue } from "./shape.ts";

const FILES: Record<Language, () => Promise<Catalogue>> = {
  en: () => import("./chat_en.ts"),
  ru: () => import("./chat_ru.ts"),
};

const loaded = new Map<Language, Catalogue>();

export function wordsOf(language: Language): Catalogue | undefined {
  return loaded.get(language);
}

export async function loadWords(language: Language): Promise<void> {
  if (!loaded.has(language)) loaded.set(language, isolating(await FILES[language]()));
}
