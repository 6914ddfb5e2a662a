/** What whoever asks to join tells staff of themselves; they need not. */
import { NOTE_LENGTH } from "../../protocol/limits.ts";
import type { PageWords } from "../catalogue/pages.ts";

export function NoteField(
  { words, value, error }: { words: PageWords; value: string; error: string | undefined },
) {
  return (
    <div class="field">
      <label for="note">{`${words.asking.note} (${words.create.optional})`}</label>
      <textarea
        id="note"
        name="note"
        class="input"
        dir="auto"
        rows={3}
        maxlength={NOTE_LENGTH}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={error ? "note-error" : "note-hint"}
      >
        {value}
      </textarea>
      {error
        ? <p class="field-error" id="note-error">{error}</p>
        : <p class="hint" id="note-hint">{words.asking.noteHint}</p>}
    </div>
  );
}
