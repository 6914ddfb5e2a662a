/**
 * What the text area and the list of people to mention tell each other. The list comes after the
 * text area (`rest.ts`): what is written before then is not lost to it. It must not know whom the
 * list offers.
 */
import { type Signal, signal } from "@preact/signals";

/** The list, as the text area speaks to it. */
export interface MentionKeys {
  /** The text or the caret has changed. */
  look(): void;
  hide(): void;
  /** True where the key was meant for the list. */
  onKey(event: KeyboardEvent): boolean;
}

export class MentionField {
  /** The index of the chosen person; null if no list is shown. */
  readonly chosen: Signal<number | null> = signal(null);
  #list: MentionKeys | null = null;
  #missedLook = false;

  attach(list: MentionKeys): void {
    this.#list = list;
    if (this.#missedLook) list.look();
    this.#missedLook = false;
  }

  detach(): void {
    this.#list = null;
    this.chosen.value = null;
  }

  readonly look = (): void => {
    if (this.#list === null) this.#missedLook = true;
    else this.#list.look();
  };

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
