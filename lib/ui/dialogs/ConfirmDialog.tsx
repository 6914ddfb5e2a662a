/** Asks for confirmation before something that one may not want to have done. */
import { Dialog } from "../parts/Dialog.tsx";
import { useView } from "../view.ts";
import { useSubmission } from "./submit.ts";

export interface ConfirmDialogProps {
  title: string;
  text: string;
  /** The button's label: the action itself. */
  action: string;
  /** It can be taken back, or does little harm. */
  safe?: boolean;
  run: () => Promise<unknown> | void;
  onClose: () => void;
}

export function ConfirmDialog({ title, text, action, safe, run, onClose }: ConfirmDialogProps) {
  const { words } = useView();
  const submission = useSubmission();
  return (
    <Dialog title={title} size="small" onClose={onClose}>
      <p>{text}</p>
      {submission.error && <p class="form-error" role="alert">{submission.error}</p>}
      <div class="dialog-actions">
        <button type="button" class="button" data-autofocus onClick={onClose}>
          {words.common.cancel}
        </button>
        <button
          type="button"
          class={safe ? "button primary" : "button danger"}
          disabled={submission.busy}
          onClick={async () => await submission.run(run) && onClose()}
        >
          {action}
        </button>
      </div>
    </Dialog>
  );
}
