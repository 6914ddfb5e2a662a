/** The frame of a room that is looked at from outside: its header; the rest is fetched on demand. */
import type { ComponentChildren } from "preact";
import type { Room } from "../../protocol/rooms.ts";
import { isolate } from "../direction.ts";
import { Icon } from "../parts/Icon.tsx";
import { Name } from "../parts/Name.tsx";
import { PlaceLink } from "../parts/PlaceLink.tsx";
import { useView } from "../view.ts";

export function Preview({ room, children }: { room: Room; children: ComponentChildren }) {
  const { words } = useView();
  return (
    <main class="room">
      <header class="room-header">
        <PlaceLink place={{ room: null }} class="icon-button back" aria-label={words.sidebar.back}>
          <Icon name="back" />
        </PlaceLink>
        <span class="room-mark">
          <Icon name="hash" />
        </span>
        <div class="room-title grow">
          <h1>
            <Name>{room.name}</Name>
          </h1>
          <p class="topic" title={isolate(room.topic)}>
            {words.room.memberCount(room.memberCount)}
            {room.topic && (
              <>
                {" · "}
                <bdi>{room.topic}</bdi>
              </>
            )}
          </p>
        </div>
      </header>
      {children}
    </main>
  );
}
