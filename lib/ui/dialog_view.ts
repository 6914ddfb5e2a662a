/** What a dialog, or the list of members, has at hand: what every view has, and the words that come with them. */
import type { Catalogue } from "./catalogue/catalogue.ts";
import { type DialogsCatalogue, dialogWords } from "./catalogue/dialogs.ts";
import { useView, type View } from "./view.ts";

export interface DialogView extends View {
  words: Catalogue & DialogsCatalogue;
}

export function useDialogView(): DialogView {
  const view = useView();
  return { ...view, words: { ...view.words, ...dialogWords(view.language) } };
}
