/** Shown before the first message: the room's name, its topic, and who can see it. */
import type { MemberRoom } from "../../protocol/rooms.ts";
import { mayAdd } from "../../protocol/permissions.ts";
import { Icon } from "../parts/Icon.tsx";
import { RoomMark } from "../parts/RoomMark.tsx";
import { standing } from "../rights.ts";
import { useView } from "../view.ts";

export function RoomBeginning({ room, title }: { room: MemberRoom; title: string }) {
  const { words, state, dialog, pane } = useView();
  // The list of members has such a button of its own.
  const isEmpty = mayAdd(standing(state.me.value, room)) === "allowed" &&
    (room.memberCount === 1 || state.timeline.value?.messages.length === 0);
  const who = {
    public: words.room.beginningPublic,
    private: words.room.beginningPrivate,
    direct: words.room.beginningDirect,
  };
  return (
    <div class="beginning">
      <RoomMark room={room} />
      <p class="beginning-title">{words.room.beginning(title)}</p>
      <p>{who[room.kind]}</p>
      {room.topic && <p dir="auto">{room.topic}</p>}
      {isEmpty && pane.value?.kind !== "members" && (
        <button
          type="button"
          class="button primary"
          onClick={() => dialog.value = { kind: "addMembers", room }}
        >
          <Icon name="userAdd" />
          {words.room.addPeople}
        </button>
      )}
    </div>
  );
}
