/** Shown in place of a room if none is open, or none has that number. */
import { BackLink } from "../parts/BackLink.tsx";
import { Mark } from "../parts/Mark.tsx";
import { PlaceLink } from "../parts/PlaceLink.tsx";
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

/** No such room, or none for this reader. */
export function Missing({ id }: { id: number }) {
  const { words } = useView();
  return (
    <main class="room">
      <header class="room-header">
        <BackLink />
      </header>
      <div class="empty-state" id="composer" tabIndex={-1}>
        <h1>{words.room.missingTitle}</h1>
        <p>{words.room.missingText}</p>
        <KeptText home={id} />
        <PlaceLink place={{ room: null }} class="button">{words.common.back}</PlaceLink>
      </div>
    </main>
  );
}
