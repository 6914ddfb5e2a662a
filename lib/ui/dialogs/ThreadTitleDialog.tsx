/** Gives a thread a title, changes it or takes it away. */
import { useSignal } from "@preact/signals";
import { LIMITS } from "../../protocol/limits.ts";
import type { Message } from "../../protocol/messages.ts";
import { useSubmission } from "./submit.ts";
import { useDialogView } from "../dialog_view.ts";
import { Dialog } from "../parts/Dialog.tsx";
import { Field } from "../parts/Field.tsx";
import { FormActions } from "../parts/FormActions.tsx";

export function ThreadTitleDialog({ root, onClose }: { root: Message; onClose: () => void }) {
  const { words, actions } = useDialogView();
  const title = useSignal(root.replies?.title ?? "");
  const submission = useSubmission(["title"]);
  async function submit(event: Event) {
    event.preventDefault();
    const wanted = title.value.trim();
    await submission.run(async () => {
      const calls = await actions.threadCalls();
      await calls.giveTitle(root.id, wanted === "" ? null : wanted);
      onClose();
    });
  }
  return (
    <Dialog title={words.threadPane.nameTitle} onClose={onClose} size="small">
      <form onSubmit={submit} class="form" ref={submission.form} noValidate>
        <Field
          id="thread-title"
          label={words.threadPane.nameLabel}
          hint={words.threadPane.nameHint}
          error={submission.errors.title}
          input={{
            value: title.value,
            maxlength: 2 * LIMITS.threadTitleLength,
            autocomplete: "off",
            autofocus: true,
            onInput: (event) => title.value = event.currentTarget.value,
          }}
        />
        {submission.error && <p class="form-error" role="alert">{submission.error}</p>}
        <FormActions onClose={onClose} label={words.common.save} disabled={submission.busy} />
      </form>
    </Dialog>
  );
}
