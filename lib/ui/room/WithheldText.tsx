/** What this browser does not offer, and what that means for the user. */
import { useDialogView } from "../dialog_view.ts";
import { IconButton } from "../parts/IconButton.tsx";

export function WithheldText() {
  const { state, words, actions } = useDialogView();
  const withheld = state.withheld.value;
  if (withheld.length === 0) return null;
  return (
    <div class="withheld-line">
      <p class="grow">{withheld.map((what) => words.withheld[what]).join(" ")}</p>
      <IconButton
        icon="close"
        kind="small"
        label={words.common.dismiss}
        onClick={() => actions.dismissWithheld()}
      />
    </div>
  );
}
