/**
 * The words of the dialogs, which a browser gets with the dialogs themselves. In all languages: they
 * come when nobody waits, and the language may change while they are open. Nothing that the
 * first view needs may import this.
 */
import type { Language } from "../../protocol/accounts.ts";
import { atFirstUse } from "../../protocol/first_use.ts";
import { isolating } from "../direction.ts";
import * as dialogsEn from "./dialogs_en.ts";
import * as dialogsRu from "./dialogs_ru.ts";
import type { DialogsCatalogue } from "./shape.ts";

export type { DialogsCatalogue };

const WORDS: Record<Language, () => DialogsCatalogue> = {
  en: atFirstUse(() => isolating(dialogsEn)),
  ru: atFirstUse(() => isolating(dialogsRu)),
};

export function dialogWords(language: Language): DialogsCatalogue {
  return WORDS[language]();
}
