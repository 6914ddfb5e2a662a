/** The rooms into which an invitation leads. */
import type { InvitedRoom } from "../../protocol/invites.ts";
import { Icon } from "./Icon.tsx";
import { Name } from "./Name.tsx";
import { roomIcon } from "./room_icon.ts";

export interface InvitedRoomsProps {
  /** What stands above them. */
  label: string;
  rooms: readonly InvitedRoom[];
}

export function InvitedRooms({ label, rooms }: InvitedRoomsProps) {
  if (rooms.length === 0) return null;
  return (
    <div class="invited">
      <p id="invited-rooms">{label}</p>
      <ul aria-labelledby="invited-rooms">
        {rooms.map(({ id, name, kind }) => (
          <li key={id}>
            <Icon name={roomIcon({ archived: false, kind })} />
            <Name>{name}</Name>
          </li>
        ))}
      </ul>
    </div>
  );
}
