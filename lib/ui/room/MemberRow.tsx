/** One member: who they are, whether they are online, and the button to remove them. */
import type { Member } from "../../protocol/members.ts";
import type { PresenceStatus } from "../../protocol/presence.ts";
import type { User } from "../../protocol/people.ts";
import type { MemberRoom } from "../../protocol/rooms.ts";
import { fullName, plainName } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { IconButton } from "../parts/IconButton.tsx";
import { Name } from "../parts/Name.tsx";
import { PersonLink } from "../parts/PersonLink.tsx";
import { StatusMark } from "../parts/StatusMark.tsx";
import { useDialogView } from "../dialog_view.ts";

/** Whether the role says something beside "owner" of the room. */
function roleOf({ role }: User): boolean {
  return role !== "member" && role !== "owner";
}

export interface MemberRowProps {
  member: Member;
  room: MemberRoom;
  /** Its place among all, from 0, and how many there are. */
  index: number;
  count: number;
  /** CSS pixels from the beginning of the list. */
  top: number;
  /** The Tab key reaches it. */
  stop: boolean;
  removable: boolean;
}

export function MemberRow({ member, room, index, count, top, stop, removable }: MemberRowProps) {
  const { words, state, actions, dialog, membersChanges } = useDialogView();
  // Renamed since the list was loaded: people who changed are known here.
  const users = state.users.value;
  const user = (users.has(member.id) ? users.get(member.id) : undefined) ?? member;
  const presence = state.presence.value.get(member.id) ?? "offline";
  const name = plainName(user);
  function confirmRemove() {
    dialog.value = {
      kind: "confirm",
      title: words.members.removeTitle(fullName(user)),
      text: words.members.removeText,
      action: words.members.removeConfirm,
      run: async () => {
        await actions.removeMember(room.id, member.id);
        membersChanges.value++;
      },
    };
  }
  return (
    <li
      class={presence === "offline" ? "member absent" : "member"}
      data-row={member.id}
      tabIndex={stop ? 0 : -1}
      // With the row in focus, Tab goes on to what can be done in the room.
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget || event.key !== "Enter") return;
        event.preventDefault();
        const { left, top, right, bottom } = event.currentTarget.getBoundingClientRect();
        dialog.value = { kind: "person", id: member.id, at: { left, top, right, bottom } };
      }}
      aria-setsize={count}
      aria-posinset={index + 1}
      // Rendered in the browser alone, where this sets a property and no attribute.
      style={{ top: `${top}px` }}
    >
      <PersonLink id={member.id} again>
        <Avatar id={member.id} name={name} picture={user.avatar} presence={presence} />
      </PersonLink>
      <Names member={member} user={user} presence={presence} />
      {removable && (
        <IconButton
          icon="close"
          kind="reveal"
          tabIndex={stop ? 0 : -1}
          label={words.members.remove(fullName(user))}
          title={words.members.remove(name)}
          onClick={confirmRemove}
        />
      )}
    </li>
  );
}

interface NamesProps {
  member: Member;
  /** The same person, as known now. */
  user: User;
  presence: PresenceStatus;
}

function Names({ member, user, presence }: NamesProps) {
  const { words, state } = useDialogView();
  return (
    <span class="member-names grow">
      <span class="name">
        <PersonLink id={member.id} tabIndex={-1}>
          <Name>{plainName(user)}</Name>
        </PersonLink>
        <StatusMark id={member.id} />
        {member.id === state.me.value.id && <span class="aside-word">{words.common.you}</span>}
      </span>
      <span class="handle">
        <Name>@{user.username}</Name>
        <span class="hidden">{words.presence[presence]}</span>
        {member.membership.role === "owner" && ` · ${words.members.owner}`}
        {roleOf(user) && ` · ${words.card.roles[user.role]}`}
      </span>
    </span>
  );
}
