/** What a dialog, or the list of members, has at hand: what every view has, and the words that come with them. */
import { failureCode } from "../client/request_error.ts";
import type { Catalogue } from "./catalogue/catalogue.ts";
import { type DialogsCatalogue, dialogWords } from "./catalogue/dialogs.ts";
import { useView, type View } from "./view.ts";

export interface DialogView extends View {
  words: Catalogue & DialogsCatalogue;
}

/** What went wrong, in the reader's language: chosen by code, never the server's own sentence. */
export function errorText(words: Pick<DialogsCatalogue, "errors">, error: unknown): string {
  return words.errors[failureCode(error)];
}

export function useDialogView(): DialogView {
  const view = useView();
  return { ...view, words: { ...view.words, ...dialogWords(view.language) } };
}
