/** The sign before a room's name: its kind, or the person at the other end. */
import type { MemberRoom } from "../../protocol/rooms.ts";
import { plainName } from "../names.ts";
import { useView } from "../view.ts";
import { Avatar } from "./Avatar.tsx";
import { Icon } from "./Icon.tsx";
import { roomIcon } from "./room_icon.ts";

export function RoomMark({ room }: { room: MemberRoom }) {
  const { state, mounted, words } = useView();
  if (room.kind !== "direct") {
    return (
      <span class="room-mark">
        {room.picture ? <img src={room.picture} alt="" /> : <Icon name={roomIcon(room)} />}
        {room.kind === "private" && <span class="hidden">{words.sidebar.privateRoom}</span>}
      </span>
    );
  }
  const self = state.me.value.id;
  const others = (room.users ?? []).filter((id) => id !== self);
  if (others.length > 1) return <span class="room-mark count">{others.length}</span>;
  const other = others[0] ?? self;
  const presence = state.presence.value.get(other) ?? "offline";
  const known = state.users.value.get(other);
  return (
    <span class="room-mark">
      <Avatar
        id={other}
        name={known === undefined ? "?" : plainName(known)}
        picture={known?.avatar ?? null}
        size="small"
        {...(mounted.value && other !== self ? { presence } : {})}
      />
      {mounted.value && other !== self && <span class="hidden">{words.presence[presence]}</span>}
    </span>
  );
}
