/** The open room's name, topic and members, and what may be done with it. */
import { useState } from "preact/hooks";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { isolate } from "../direction.ts";
import { BackLink } from "../parts/BackLink.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Menu } from "../parts/Menu.tsx";
import { Name } from "../parts/Name.tsx";
import { useAtRest } from "../parts/at_rest.ts";
import { RoomMark } from "../parts/RoomMark.tsx";
import { titleOf, useView } from "../view.ts";

export function RoomHeader({ room }: { room: MemberRoom }) {
  const view = useView();
  return (
    <header
      class="room-header"
      onKeyDown={(event) => {
        if (event.key === "Escape") view.pane.value = null;
      }}
    >
      <BackLink />
      <RoomMark room={room} />
      <div class="room-title grow">
        <h1>
          <Name>{titleOf(view, room)}</Name>
        </h1>
        {room.topic && (
          <p class="topic" title={isolate(room.topic)}>
            <bdi>{room.topic}</bdi>
          </p>
        )}
      </div>
      <TopicsButton />
      <MembersButton room={room} />
      <RoomMenu room={room} />
    </header>
  );
}

const loadMenu = async () => (await import("./RoomMenuGroups.tsx")).RoomMenuGroups;

/** What it offers comes when the page is at rest, or when somebody asks for it before. */
function RoomMenu({ room }: { room: MemberRoom }) {
  const { words } = useView();
  const [wanted, setWanted] = useState(false);
  const Groups = useAtRest(loadMenu, wanted);
  const menu = { label: words.room.menu, icon: "more" as const };
  if (Groups) return <Groups {...menu} room={room} startOpen={wanted} />;
  return <Menu {...menu} groups={[]} onToggle={setWanted} />;
}

function TopicsButton() {
  const { words, pane } = useView();
  const open = pane.value?.kind === "topics";
  return (
    <button
      type="button"
      class="icon-button topics-button"
      aria-controls="topics"
      aria-expanded={open ? "true" : "false"}
      aria-label={words.thread.topics}
      title={words.thread.topics}
      onClick={() => pane.value = open ? null : { kind: "topics" }}
    >
      <Icon name="thread" />
    </button>
  );
}

function MembersButton({ room }: { room: MemberRoom }) {
  const { words, pane } = useView();
  const members = words.room.memberCount(room.memberCount);
  const open = pane.value?.kind === "members";
  return (
    <button
      type="button"
      class="members-button"
      aria-controls="members"
      aria-expanded={open ? "true" : "false"}
      aria-label={`${words.room.showMembers}: ${members}`}
      title={members}
      onClick={() => pane.value = open ? null : { kind: "members" }}
    >
      <Icon name="people" />
      <span>{room.memberCount}</span>
    </button>
  );
}
