/** What can be chosen about a file that goes along with a message: its description, its place, its size. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { DraftKey } from "../../client/draft.ts";
import type { Attachment } from "../../client/uploads_model.ts";
import { formatSize } from "../catalogue/sizes.ts";
import { useDialogView } from "../dialog_view.ts";

export interface DetailProps {
  home: DraftKey;
  attachment: Attachment;
}

/** Kept however the dialog is left: nothing that was written is lost. */
export function AltField({ home, attachment }: DetailProps) {
  const { words, actions, state } = useDialogView();
  const { local, alt: before } = attachment;
  const alt = useSignal(before);
  const latest = useRef(before);
  latest.current = before;
  useEffect(() => () => {
    const said = alt.peek().trim();
    if (said !== latest.current) actions.describeAttachment(home, local, said);
  }, []);
  return (
    <div class="field">
      <label for="attachment-alt">{words.attachments.details.alt}</label>
      <textarea
        id="attachment-alt"
        class="input"
        dir="auto"
        rows={3}
        value={alt.value}
        maxlength={state.limits.value.altLength}
        aria-describedby="attachment-alt-hint"
        data-autofocus
        onInput={(event) => alt.value = event.currentTarget.value}
      />
      <p class="hint" id="attachment-alt-hint">{words.attachments.details.altHint}</p>
    </div>
  );
}

/** Only where it can be made smaller. */
export function OriginalField({ home, attachment }: DetailProps) {
  const { words, actions, language } = useDialogView();
  const { local, chosen, smaller, original } = attachment;
  if (smaller === null) return null;
  const size = (bytes: number) => formatSize(bytes, language);
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={original}
        onChange={(event) => actions.sendOriginal(home, local, event.currentTarget.checked)}
      />
      <span>
        <span class="choice-name">{words.attachments.details.original}</span>
        {words.attachments.details.sizes(size(chosen), size(smaller))}
      </span>
    </label>
  );
}

/** Only where there are others. */
export function PlaceField({ home, attachment, at, of }: DetailProps & { at: number; of: number }) {
  const { words, actions } = useDialogView();
  if (of < 2) return null;
  const move = (label: string, to: number) => (
    <button
      type="button"
      class="button small"
      disabled={to < 0 || to >= of}
      onClick={() => actions.moveAttachment(home, attachment.local, to)}
    >
      {label}
    </button>
  );
  return (
    <div class="attachment-moves">
      {move(words.attachments.details.earlier, at - 1)}
      {move(words.attachments.details.later, at + 1)}
      <span class="hint" role="status">{words.attachments.place(at + 1, of)}</span>
    </div>
  );
}
