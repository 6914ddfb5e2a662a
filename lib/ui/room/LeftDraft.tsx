/** A draft in a room, or a thread in it, where the user may no longer write: it is not lost, and can be copied. */
import { type DraftKey, EMPTY_DRAFT } from "../../client/draft.ts";
import { copyAndSay } from "../parts/copying.ts";
import { useDialogView } from "../dialog_view.ts";
import { draftOf } from "../view.ts";

export function LeftDraft({ home }: { home: DraftKey }) {
  const view = useDialogView();
  const { words, actions } = view;
  const { text, edit } = draftOf(view, home);
  const kept = [text, edit?.text ?? ""].filter((one) => one.trim() !== "").join("\n\n");
  if (kept === "") return null;
  return (
    <section class="kept-text" aria-label={words.unsent.kept}>
      <p>{words.unsent.kept}</p>
      <blockquote dir="auto">{kept}</blockquote>
      <div class="row">
        <button
          type="button"
          class="button"
          onClick={() => void copyAndSay(view, kept, words.unsent.textCopied)}
        >
          {words.unsent.copyText}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => actions.changeDraft(home, EMPTY_DRAFT)}
        >
          {words.unsent.throwAway}
        </button>
      </div>
    </section>
  );
}
