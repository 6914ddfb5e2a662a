/**
 * Somebody signed in to the reader's account elsewhere: it stays until the reader says that it was
 * them, or looks at their devices.
 */
import { useEffect } from "preact/hooks";
import { dialogWords } from "../catalogue/dialogs.ts";
import { formatMoment } from "../dates.ts";
import { attempt, useView } from "../view.ts";

export function SignInLine() {
  const view = useView();
  const { state, actions, language, clock } = view;
  const words = dialogWords(language);
  const signIns = state.signIns.value;
  useEffect(() => {
    // Without an answer it is asked again with the next connection.
    if (signIns === null) actions.loadSignIns().catch(() => {});
  }, [signIns]);

  const [newest, ...others] = signIns ?? [];
  const room = state.openRoom.value;
  return (
    <div role="alert">
      {newest && (
        <div class="withheld-line sign-ins">
          <p class="grow">
            {words.signIns.line(
              newest.device,
              newest.address,
              formatMoment(newest.at, clock.value, view.words.dates),
            )}
            {others.length > 0 && ` ${words.signIns.more(others.length)}`}
          </p>
          <button
            type="button"
            class="button"
            onClick={() => attempt(view, actions.seeSignIns)}
          >
            {words.signIns.mine}
          </button>
          <a
            class="button"
            href={`/settings/security${room === null ? "" : `?room=${room}`}#devices-title`}
          >
            {words.signIns.look}
          </a>
        </div>
      )}
    </div>
  );
}
