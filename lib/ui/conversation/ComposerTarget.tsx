/** The message being replied to or edited, what happened to it elsewhere, and how to cancel. */
import type { Draft, DraftKey } from "../../client/draft.ts";
import { useDialogView } from "../dialog_view.ts";
import { userName } from "../names.ts";
import { copyAndSay } from "../parts/copying.ts";
import { Icon } from "../parts/Icon.tsx";
import { IconButton } from "../parts/IconButton.tsx";
import { SaidInALine } from "../files/SaidInALine.tsx";
import { canBeDescribed } from "../files/kinds.ts";
import { type Trouble, troubleOf } from "./composing.ts";

export interface ComposerTargetProps {
  /** Whose draft it is. */
  home: DraftKey;
  draft: Draft;
  /** The message that was to be changed is gone: its new text becomes a message of its own. */
  onSendAsNew: () => void;
}

export function ComposerTarget({ home, draft, onSendAsNew }: ComposerTargetProps) {
  const view = useDialogView();
  const { words, state, actions } = view;
  const { edit, replyTo } = draft;
  const target = edit?.target ?? replyTo;
  if (target === null) return null;
  const trouble = troubleOf(view, draft);
  const answered = state.draftTargets.value.get(target.id) ??
    state.timeline.value?.messages.find(({ id }) => id === target.id);
  const name = userName(state.users.value, target.userId, target.username);
  return (
    <>
      <div class="composer-mode">
        <Icon name={edit ? "edit" : "reply"} />
        <p class="grow">
          <strong>{edit ? words.composer.editing : words.aim.replying(name)}</strong>{" "}
          <span class="quote-text" dir="auto">
            <SaidInALine said={answered ?? { ...target, files: [] }} />
          </span>
        </p>
        {edit && answered?.files.some(canBeDescribed) && (
          <button
            type="button"
            class="link-button"
            onClick={() => view.dialog.value = { kind: "describe", message: answered }}
          >
            {words.messageMenu.describe}
          </button>
        )}
        <IconButton
          icon="close"
          kind="small"
          label={edit ? words.aim.cancelEdit : words.aim.cancelReply}
          onClick={() => actions.changeDraft(home, edit ? { edit: null } : { replyTo: null })}
        />
      </div>
      <div role="alert">
        {trouble && edit && (
          <EditTrouble home={home} edit={edit} trouble={trouble} onSendAsNew={onSendAsNew} />
        )}
        {trouble && !edit && <p class="composer-trouble">{words.aim.replyDeleted}</p>}
      </div>
    </>
  );
}

interface EditTroubleProps extends Pick<ComposerTargetProps, "home" | "onSendAsNew"> {
  edit: NonNullable<Draft["edit"]>;
  trouble: Trouble;
}

function EditTrouble({ home, edit, trouble, onSendAsNew }: EditTroubleProps) {
  const view = useDialogView();
  const { words, actions } = view;
  function copy() {
    void copyAndSay(view, edit.text, words.unsent.textCopied);
  }
  if (trouble.kind === "deleted") {
    return (
      <div class="composer-trouble">
        <p>{words.aim.editDeleted}</p>
        <button type="button" class="link-button" onClick={onSendAsNew}>
          {words.composer.sendAsNew}
        </button>
        <button type="button" class="link-button" onClick={copy}>{words.unsent.copyText}</button>
      </div>
    );
  }
  // The user has now seen the message's present text: saving overwrites it knowingly.
  const target = { ...edit.target, text: trouble.text };
  return (
    <div class="composer-trouble">
      <p>{words.aim.editChanged}</p>
      <blockquote dir="auto">{trouble.text}</blockquote>
      <button
        type="button"
        class="link-button"
        onClick={() => actions.changeDraft(home, { edit: { target, text: edit.text } })}
      >
        {words.aim.keepMine}
      </button>
      <button
        type="button"
        class="link-button"
        onClick={() => actions.changeDraft(home, { edit: { target, text: trouble.text } })}
      >
        {words.aim.takeTheirs}
      </button>
    </div>
  );
}
