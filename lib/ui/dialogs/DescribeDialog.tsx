/** What is to be seen on the pictures of one's own message, said or changed after it was sent. */
import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { File } from "../../protocol/files.ts";
import type { Message } from "../../protocol/messages.ts";
import { useDialogView } from "../dialog_view.ts";
import { isolate } from "../direction.ts";
import { canBeDescribed, shownAs } from "../files/kinds.ts";
import { Dialog } from "../parts/Dialog.tsx";
import { FormActions } from "../parts/FormActions.tsx";
import { useSubmission } from "./submit.ts";

export interface DescribeDialogProps {
  message: Message;
  onClose: () => void;
}

export function DescribeDialog({ message, onClose }: DescribeDialogProps) {
  const { words, actions } = useDialogView();
  const pictures = message.files.filter(canBeDescribed);
  const said = useSignal(new Map(pictures.map(({ id, alt }) => [id, alt])));
  /** What the server has: of several, some may be told and others not. */
  const told = useSignal(said.peek());
  const submission = useSubmission();
  const hint = useId();

  async function tell() {
    const calls = await actions.fileCalls();
    for (const [id, written] of said.peek()) {
      const alt = written.trim();
      if (told.peek().get(id) === alt) continue;
      await calls.describeFile(id, alt);
      told.value = new Map(told.peek()).set(id, alt);
    }
  }
  async function submit(event: Event) {
    event.preventDefault();
    if (await submission.run(tell)) onClose();
  }
  return (
    <Dialog title={words.describe.title} onClose={onClose}>
      <form onSubmit={submit} class="form" ref={submission.form}>
        <p class="hint" id={hint}>{words.describe.hint}</p>
        {pictures.map((file, at) => (
          <Description
            key={file.id}
            file={file}
            text={said.value.get(file.id) ?? ""}
            hint={hint}
            isFirst={at === 0}
            onWrite={(text) => said.value = new Map(said.peek()).set(file.id, text)}
          />
        ))}
        {submission.error && <p class="form-error" role="alert">{submission.error}</p>}
        <FormActions onClose={onClose} label={words.common.save} disabled={submission.busy} />
      </form>
    </Dialog>
  );
}

interface DescriptionProps {
  file: File;
  text: string;
  /** The id of what is said of all of them. */
  hint: string;
  isFirst: boolean;
  onWrite: (text: string) => void;
}

function Description({ file, text, hint, isFirst, onWrite }: DescriptionProps) {
  const { words, state } = useDialogView();
  const id = useId();
  return (
    <div class="description">
      {shownAs(file) === "picture" && (
        <img src={file.thumbnail ?? file.url} alt="" loading="lazy" decoding="async" />
      )}
      <div class="field">
        <label for={id}>{words.describe.of(isolate(file.name))}</label>
        <textarea
          id={id}
          class="input"
          dir="auto"
          rows={3}
          value={text}
          maxlength={state.limits.value.altLength}
          aria-describedby={hint}
          {...isFirst ? { "data-autofocus": "" } : {}}
          onInput={(event) => onWrite(event.currentTarget.value)}
        />
      </div>
    </div>
  );
}
