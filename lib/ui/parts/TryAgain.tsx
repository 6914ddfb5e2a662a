/** Says in a list's place what went wrong, and offers to try again. It must not know the list. */
import { errorText, useDialogView } from "../dialog_view.ts";

export function TryAgain({ error, again }: { error: unknown; again: () => void }) {
  const { words } = useDialogView();
  return (
    <div class="panel-note" role="alert">
      <p>{errorText(words, error)}</p>
      <button type="button" class="button small" onClick={again}>{words.threadPane.again}</button>
    </div>
  );
}
