/** A field whose text is there to be copied, such as a link: with a script a button does it. */
import type { PageWords } from "../catalogue/pages.ts";

export interface CopyFieldProps {
  words: PageWords;
  id: string;
  label: string;
  hint: string;
  /** What is copied. */
  value: string;
}

/** It has the focus: it is what its reader came for. The button is `copy_buttons.ts`'s. */
export function CopyField({ words, id, label, hint, value }: CopyFieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="copy-field">
        <input
          id={id}
          class="input"
          dir="ltr"
          value={value}
          readOnly
          autofocus
          autocomplete="off"
          spellcheck={false}
          aria-describedby={`${id}-hint`}
        />
        <button
          type="button"
          class="button"
          data-copy={id}
          data-copied={words.invites.copied}
          aria-live="polite"
          hidden
        >
          {words.invites.copy}
        </button>
      </div>
      <p class="hint" id={`${id}-hint`}>{hint}</p>
    </div>
  );
}
