/** The languages that staff choose from, each called as its speakers do. Pure. */
import type { PageWords } from "../catalogue/pages.ts";

export function languages(words: PageWords): [string, string][] {
  return [["browser", words.workspace.browserLanguage], ["en", "English"], ["ru", "Русский"]];
}
