/**
 * What the text area and the list of completions tell each other. The list comes after the text
 * area (`conversation/rest.ts`): what is written before then is not lost to it. It must not know
 * what the list offers.
 */
import { type Signal, signal } from "@preact/signals";

/** The list, as the text area speaks to it. */
export interface CompletionKeys {
  /** The text or the caret has changed; `typed`: what was typed just now, if that is known. */
  look(typed?: string | null): void;
  hide(): void;
  /** True where the key was meant for the list. */
  onKey(event: KeyboardEvent): boolean;
}

export class CompletionField {
  /** The index of the chosen row; null if no list is shown. */
  readonly chosen: Signal<number | null> = signal(null);
  #list: CompletionKeys | null = null;
  #missedLook = false;

  attach(list: CompletionKeys): void {
    this.#list = list;
    if (this.#missedLook) list.look();
    this.#missedLook = false;
  }

  detach(): void {
    this.#list = null;
    this.chosen.value = null;
  }

  look(typed: string | null = null): void {
    if (this.#list === null) this.#missedLook = true;
    else this.#list.look(typed);
  }

  readonly hide = (): void => {
    this.#missedLook = false;
    this.#list?.hide();
  };

  onKey(event: KeyboardEvent): boolean {
    return this.#list?.onKey(event) ?? false;
  }
}

/** For the field that has the focus during the choice: where the list is, and what is chosen. */
export function listAttributes(id: string, chosen: number | null) {
  const isShown = chosen !== null;
  return {
    "aria-autocomplete": "list" as const,
    "aria-controls": isShown ? id : undefined,
    "aria-activedescendant": isShown ? `${id}-${chosen}` : undefined,
  };
}
