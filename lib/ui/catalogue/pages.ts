/**
 * The words of the pages that the server writes by itself (login, sign-up, errors), together with
 * those of the chat. No browser loads them: nothing that the browser's script imports may import
 * this.
 */
import type { Language } from "../../protocol/accounts.ts";
import { atFirstUse } from "../../protocol/first_use.ts";
import { isolating } from "../direction.ts";
import { type Catalogue, catalogue } from "./catalogue.ts";
import { type DialogsCatalogue, dialogWords } from "./dialogs.ts";
import * as pagesEn from "./pages_en.ts";
import * as pagesRu from "./pages_ru.ts";
import type { PagesCatalogue } from "./shape.ts";

export type PageWords = Catalogue & DialogsCatalogue & PagesCatalogue;

/** With the first page in a language: no start waits for both. */
const WORDS: Record<Language, () => PageWords> = {
  en: atFirstUse(() => ({ ...catalogue("en"), ...dialogWords("en"), ...isolating(pagesEn) })),
  ru: atFirstUse(() => ({ ...catalogue("ru"), ...dialogWords("ru"), ...isolating(pagesRu) })),
};

export function pageWords(language: Language): PageWords {
  return WORDS[language]();
}
