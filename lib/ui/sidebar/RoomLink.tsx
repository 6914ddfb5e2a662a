/** One room in the list: its kind or its person's presence, its name, what is unread. */
import type { MemberRoom } from "../../protocol/rooms.ts";
import { handleOf, plainName } from "../names.ts";
import { badgeCount } from "../catalogue/numbers.ts";
import { Icon } from "../parts/Icon.tsx";
import { Name } from "../parts/Name.tsx";
import { PlaceLink } from "../parts/PlaceLink.tsx";
import { RoomMark } from "../parts/RoomMark.tsx";
import { StatusMark } from "../parts/StatusMark.tsx";
import { useView } from "../view.ts";

export interface RoomLinkProps {
  room: MemberRoom;
  title: string;
  current: boolean;
}

export function RoomLink({ room, title, current }: RoomLinkProps) {
  const { unread, notify } = room.membership;
  // A muted room looks like one that is read, except for mentions.
  const fresh = unread > 0 && notify === "all";
  const classes = ["room-link"];
  if (fresh || (room.membership.mentions > 0 && notify !== "none")) classes.push("fresh");
  if (room.archived || notify === "none") classes.push("quiet");
  return (
    <PlaceLink
      place={{ room: room.id }}
      class={classes.join(" ")}
      aria-current={current ? "page" : undefined}
    >
      <RoomMark room={room} />
      <RoomTitle room={room} title={title} />
      {!current && <DraftMark room={room.id} />}
      {room.membership.threads > 0 && <ThreadsMark room={room} />}
      {!current && <Badge room={room} />}
    </PlaceLink>
  );
}

/** The username has a place of its own, where no long name pushes it out of sight. */
function RoomTitle({ room, title }: Pick<RoomLinkProps, "room" | "title">) {
  const { state } = useView();
  const others = (room.users ?? []).filter((id) => id !== state.me.value.id);
  const person = others.length === 1 ? state.users.value.get(others[0]!) : undefined;
  const handle = person === undefined ? null : handleOf(person);
  if (person === undefined || handle === null) {
    return (
      <>
        <Name class="room-name">{title}</Name>
        <span class="grow">{person && <StatusMark id={person.id} />}</span>
      </>
    );
  }
  return (
    <>
      <Name class="room-name">{plainName(person)}</Name>
      <Name class="handle grow">{handle}</Name>
    </>
  );
}

/** Something in the room was written and not sent. */
function DraftMark({ room }: { room: number }) {
  const { state, words } = useView();
  if (!state.draftRooms.value.has(room)) return null;
  return (
    <span class="draft-mark" title={words.sidebar.draft}>
      <Icon name="edit" />
      <span class="hidden">{words.sidebar.draft}</span>
    </span>
  );
}

/** In threads of the room that the reader follows, something is new. */
function ThreadsMark({ room }: { room: MemberRoom }) {
  const { words } = useView();
  const label = words.thread.waiting(
    badgeCount(room.membership.threads),
    room.membership.threads,
  );
  return (
    <span class="draft-mark threads-mark" title={label}>
      <Icon name="thread" />
      <span class="hidden">{label}</span>
    </span>
  );
}

function Badge({ room }: { room: MemberRoom }) {
  const { words } = useView();
  const { unread, mentions, notify } = room.membership;
  if (unread === 0 || notify === "none") return null;
  // In a direct room every message is meant for the reader.
  const urgent = room.kind === "direct" ? unread : mentions;
  if (urgent === 0 && notify === "mentions") return null;
  const count = badgeCount(urgent || unread);
  return (
    <span class={urgent > 0 ? "badge urgent" : "badge"}>
      <span aria-hidden="true">{mentions > 0 && room.kind !== "direct" ? `@${count}` : count}</span>
      <span class="hidden">
        {mentions > 0 ? words.sidebar.mentions(count) : words.sidebar.unread(count)}
      </span>
    </span>
  );
}
