/** The buttons that send what is written: now, and later. */
import { Icon } from "../parts/Icon.tsx";
import { IconButton } from "../parts/IconButton.tsx";
import { useView } from "../view.ts";
import type { Writing } from "./writing.ts";

/** An edit is saved now or never: it is offered no time. */
export function LaterButton({ writing }: { writing: Writing }) {
  const { words } = useView();
  return writing.draft.edit !== null ? null : (
    <IconButton
      icon="clock"
      label={words.composer.sendLater}
      title={words.composer.sendLater}
      disabled={!writing.isReady}
      onClick={() => writing.sendLater()}
    />
  );
}

export function SendButton({ writing }: { writing: Writing }) {
  const { words } = useView();
  const isEdit = writing.draft.edit !== null && !writing.isEditLost;
  const label = writing.isEditLost
    ? words.composer.sendAsNew
    : isEdit
    ? words.composer.save
    : words.composer.send;
  return (
    <button
      type="submit"
      class="send"
      onPointerDown={(event) => event.preventDefault()} // the text keeps the focus
      disabled={!writing.isReady}
      aria-label={label}
      title={label}
    >
      <Icon name={isEdit ? "check" : "send"} />
    </button>
  );
}
