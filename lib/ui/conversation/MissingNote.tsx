/** Says that a permalink led nowhere. */
import { IconButton } from "../parts/IconButton.tsx";
import { useView } from "../view.ts";

/** A permalink led to a message that is not in the room. */
export function MissingNote() {
  const { state, words, actions } = useView();
  return (
    <div class="missing-place" role="status">
      {state.missing.value && (
        <p class="missing-note">
          <span class="grow">{words.message.missing}</span>
          <IconButton
            icon="close"
            kind="small"
            label={words.common.dismiss}
            onClick={() => actions.dismissMissing()}
          />
        </p>
      )}
    </div>
  );
}
