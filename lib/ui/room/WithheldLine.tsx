/** Says once what this browser does not offer, and what that means for the user. */
import { IconButton } from "../parts/IconButton.tsx";
import { useView } from "../view.ts";

export function WithheldLine() {
  const { state, words, actions } = useView();
  const withheld = state.withheld.value;
  return (
    <div role="status">
      {withheld.length > 0 && (
        <div class="withheld-line">
          <p class="grow">{withheld.map((what) => words.withheld[what]).join(" ")}</p>
          <IconButton
            icon="close"
            kind="small"
            label={words.common.dismiss}
            onClick={() => actions.dismissWithheld()}
          />
        </div>
      )}
    </div>
  );
}
