/** Shown in place of a room if none is open. */
import { Mark } from "../parts/Mark.tsx";
import { mayBegin } from "../rights.ts";
import { useView } from "../view.ts";
import { ConnectionLine } from "./ConnectionLine.tsx";
import { KeptText } from "./KeptText.tsx";

export function Welcome() {
  const { words, dialog, state } = useView();
  const lost = state.lostRoom.value;
  const may = mayBegin(state.me.value, state.workspace.value);
  return (
    <section class="room" aria-labelledby="welcome">
      <ConnectionLine />
      <div class="empty-state" id="composer" tabIndex={-1}>
        <Mark logo={state.workspace.value.logo} />
        <h2 id="welcome">{words.room.welcomeTitle}</h2>
        <p>{lost === null ? words.room.welcomeText : words.room.lostText}</p>
        {lost !== null && <KeptText home={lost} />}
        <div class="row">
          {may.browse && (
            <button
              type="button"
              class="button"
              onClick={() => dialog.value = { kind: "browse" }}
            >
              {words.sidebar.browse}
            </button>
          )}
          {may.direct && (
            <button
              type="button"
              class="button primary"
              onClick={() => dialog.value = { kind: "direct" }}
            >
              {words.sidebar.newDirect}
            </button>
          )}
        </div>
      </div>
    </section>
  );
}
