/** What stands below the reader's own message that was not sent. */
import type { PendingMessage } from "../../client/model.ts";
import { copyAndSay } from "../parts/copying.ts";
import { useDialogView } from "../dialog_view.ts";

/** Why it was not sent, and what can be done with it. */
export function FailedNote({ pending }: { pending: PendingMessage }) {
  const view = useDialogView();
  const { words, actions } = view;
  const { clientId, error } = pending;
  function copy() {
    void copyAndSay(view, pending.text, words.unsent.textCopied);
  }
  const choices: [label: string, run: () => void][] = [
    [words.unsent.sendAgain, () => actions.resend(clientId)],
    [words.message.edit, () => actions.takeBack(clientId)],
    [words.unsent.copyText, copy],
    [words.unsent.discard, () => actions.discard(clientId)],
  ];
  return (
    <p class="failed-note" role="alert">
      <span>
        {words.unsent.notSent} {error && words.errors[error]}
      </span>
      {choices.map(([label, run]) => (
        <button key={label} type="button" class="link-button" onClick={run}>{label}</button>
      ))}
    </p>
  );
}
