/**
 * What a kind of completion is: people after `@`, emoji after `:`. A new kind is a file with such an
 * object, and a line in `sources.ts`; the list knows no more about it.
 */
import type { ComponentChildren } from "preact";
import type { Language } from "../../protocol/accounts.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";

export interface CompletionChoice {
  /** Unlike any other's of its kind. */
  key: string;
  /** What takes the place of the sign and of what was written after it. */
  text: string;
  /** What its row shows. */
  row: ComponentChildren;
  /** It was taken. */
  taken?(): void;
}

export interface CompletionOffer {
  /** The best first, a few. */
  choices: readonly CompletionChoice[];
  /**
   * What was written out in full, so that it is replaced without a choice: how many units before the
   * caret, and by what.
   */
  finished?(before: string): { length: number; text: string } | null;
}

/** While nothing of a kind is written, and where nothing fits. */
export const NOTHING: CompletionOffer = { choices: [] };

export interface CompletionSource {
  /**
   * What was written after the sign, right before the caret; null: nothing of this kind is being
   * written there. `before`: at most 80 UTF-16 units before the caret. The sign is one unit.
   */
  begun(before: string): string | null;
  /** A hook. `query` null: this kind is not asked. */
  useOffer(query: string | null, room: number): CompletionOffer;
  /** What the list is called. */
  label(words: Catalogue, language: Language): string;
}
