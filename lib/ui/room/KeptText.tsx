/** A draft in a room, or a thread in it, where the user may no longer write: it is not lost, and can be copied. */
import { type DraftKey, EMPTY_DRAFT } from "../../client/draft.ts";
import { copyAndSay } from "../parts/copying.ts";
import { draftOf, useView } from "../view.ts";

export function KeptText({ home }: { home: DraftKey }) {
  const view = useView();
  const { words, actions } = view;
  const { text, edit } = draftOf(view, home);
  const kept = [text, edit?.text ?? ""].filter((one) => one.trim() !== "").join("\n\n");
  if (kept === "") return null;
  return (
    <section class="kept-text" aria-label={words.composer.kept}>
      <p>{words.composer.kept}</p>
      <blockquote dir="auto">{kept}</blockquote>
      <div class="row">
        <button
          type="button"
          class="button"
          onClick={() => void copyAndSay(view, kept, words.message.textCopied)}
        >
          {words.message.copyText}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => actions.changeDraft(home, EMPTY_DRAFT)}
        >
          {words.composer.throwAway}
        </button>
      </div>
    </section>
  );
}
