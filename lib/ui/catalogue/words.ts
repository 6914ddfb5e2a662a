/**
 * Where the words of each language come from: on the server, and in tests, all are at hand. The
 * browser's build puts `words_on_demand.ts` in place of this file.
 */
import type { Language } from "../../protocol/accounts.ts";
import { atFirstUse } from "../../protocol/first_use.ts";
import { isolating } from "../direction.ts";
import * as en from "./chat_en.ts";
import * as ru from "./chat_ru.ts";
import type { Catalogue } from "./shape.ts";

/** With names isolated in their sentences, whichever way they are written. */
const WORDS: Record<Language, () => Catalogue> = {
  en: atFirstUse(() => isolating(en)),
  ru: atFirstUse(() => isolating(ru)),
};

/** Undefined until they are loaded. */
export function wordsOf(language: Language): Catalogue | undefined {
  return WORDS[language]();
}

export function loadWords(_language: Language): Promise<void> {
  return Promise.resolve();
}
