/** The open room: header, conversation, composer, members; or what to do where none is open. */
import { mayWrite } from "../../protocol/permissions.ts";
import { Composer } from "../conversation/Composer.tsx";
import { Conversation } from "../conversation/Conversation.tsx";
import { standing } from "../names.ts";
import { Mark } from "../pages/AuthFrame.tsx";
import { Icon } from "../parts/Icon.tsx";
import { PlaceLink } from "../parts/PlaceLink.tsx";
import { titleOf, useView } from "../view.ts";
import { ConnectionLine } from "./ConnectionLine.tsx";
import { KeptText } from "./KeptText.tsx";
import { RoomHeader } from "./RoomHeader.tsx";
import { WithheldLine } from "./WithheldLine.tsx";

/** Keyed by room: another room is another view, with its own scroll place and draft. */
export function RoomView({ room: id }: { room: number | null }) {
  const view = useView();
  const { state, words } = view;
  const room = id === null ? undefined : state.rooms.value.get(id);
  if (id === null) return <Welcome />;
  if (!room) return <Missing id={id} />;
  const writable = mayWrite(standing(state.me.value, room)) === "allowed";
  return (
    <main class="room">
      <RoomHeader room={room} />
      <ConnectionLine />
      <WithheldLine />
      <Conversation room={room.id} title={titleOf(view, room)} />
      {writable ? <Composer room={room} /> : (
        <div class="archived-note" id="composer" tabIndex={-1}>
          <p>{words.room.archivedNote}</p>
          <KeptText room={room.id} />
        </div>
      )}
    </main>
  );
}

function Welcome() {
  const { words, dialog, state } = useView();
  const lost = state.lostRoom.value;
  return (
    <section class="room" aria-labelledby="welcome">
      <ConnectionLine />
      <div class="empty-state" id="composer" tabIndex={-1}>
        <Mark />
        <h2 id="welcome">{words.room.welcomeTitle}</h2>
        <p>{lost === null ? words.room.welcomeText : words.room.lostText}</p>
        {lost !== null && <KeptText room={lost} />}
        <div class="row">
          <button
            type="button"
            class="button"
            onClick={() => dialog.value = { kind: "browse" }}
          >
            {words.sidebar.browse}
          </button>
          <button
            type="button"
            class="button primary"
            onClick={() => dialog.value = { kind: "direct" }}
          >
            {words.sidebar.newDirect}
          </button>
        </div>
      </div>
    </section>
  );
}

function Missing({ id }: { id: number }) {
  const { words } = useView();
  return (
    <main class="room">
      <header class="room-header">
        <PlaceLink place={{ room: null }} class="icon-button back" aria-label={words.sidebar.back}>
          <Icon name="back" />
        </PlaceLink>
      </header>
      <div class="empty-state" id="composer" tabIndex={-1}>
        <h1>{words.room.missingTitle}</h1>
        <p>{words.room.missingText}</p>
        <KeptText room={id} />
        <PlaceLink place={{ room: null }} class="button">{words.common.back}</PlaceLink>
      </div>
    </main>
  );
}
