/**
 * One line about what just failed or was done. It goes by itself, or with the next. What can be taken
 * back is taken back by its button, or by the keys that take back everywhere else.
 */
import { useEffect } from "preact/hooks";
import { UNDO_FOR } from "../../protocol/limits.ts";
import { useDialogView } from "../dialog_view.ts";
import { IconButton } from "./IconButton.tsx";

const SHOWN_FOR = 6000;

export function Toast() {
  const view = useDialogView();
  const { notice } = view.state;
  const toast = view.toast.value;
  const { errors } = view.words;
  const done = typeof toast === "object" && toast !== null && "text" in toast ? toast : null;
  const undo = done?.undo;
  const failed = typeof toast === "object" && toast !== null && "failed" in toast
    ? errors[toast.failed]
    : null;
  const text = (typeof toast === "string" ? toast : done?.text) ?? failed ??
    (notice.value && errors[notice.value.code]);

  function dismiss() {
    view.toast.value = null;
    view.actions.dismissNotice();
  }
  useEffect(() => {
    // Nobody should miss whose account this is now, even if they are looking elsewhere.
    if (text === null || notice.value?.code === "other_session") return;
    const timer = setTimeout(dismiss, undo ? UNDO_FOR : SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [text, toast]);
  useEffect(() => {
    if (undo === undefined) return;
    const onKey = (event: KeyboardEvent) => {
      if (!takesBack(event) || isWritten(event.target)) return;
      event.preventDefault();
      dismiss();
      undo();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [undo]);

  return (
    <div class="toast-place" role="status">
      {text !== null && (
        <div class="toast">
          <span class="grow">{text}</span>
          {undo && (
            <button
              type="button"
              class="link-button"
              aria-keyshortcuts="Control+Z"
              title="Ctrl+Z"
              onClick={() => {
                dismiss();
                undo();
              }}
            >
              {view.words.common.undo}
            </button>
          )}
          <IconButton icon="close" label={view.words.common.dismiss} onClick={dismiss} />
        </div>
      )}
    </div>
  );
}

function takesBack({ key, code, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  const isZ = key.toLowerCase() === "z" || code === "KeyZ";
  return isZ && (ctrlKey || metaKey) && !shiftKey && !altKey;
}

/** There the keys take back what was written. An empty field has nothing of that. */
function isWritten(target: EventTarget | null): boolean {
  return (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) &&
    target.value !== "";
}
