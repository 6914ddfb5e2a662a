/** One line about what just failed or was done. It goes by itself, or with the next. */
import { useEffect } from "preact/hooks";
import { useView } from "../view.ts";
import { IconButton } from "./IconButton.tsx";

const SHOWN_FOR = 6000;

export function Toast() {
  const view = useView();
  const { notice } = view.state;
  const text = view.toast.value ?? (notice.value && view.words.errors[notice.value.code]);

  function dismiss() {
    view.toast.value = null;
    view.actions.dismissNotice();
  }
  useEffect(() => {
    // Nobody should miss whose account this is now, even if they are looking elsewhere.
    if (text === null || notice.value?.code === "other_session") return;
    const timer = setTimeout(dismiss, SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <div class="toast-place" role="status">
      {text !== null && (
        <div class="toast">
          <span class="grow">{text}</span>
          <IconButton icon="close" label={view.words.common.dismiss} onClick={dismiss} />
        </div>
      )}
    </div>
  );
}
