/** Who is in the open room and who of them is here, with what may be done about it. */
import { useEffect, useState } from "preact/hooks";
import type { Member, MemberRoom, PresenceStatus } from "../../protocol/objects.ts";
import { mayAdd, mayRemove } from "../../protocol/permissions.ts";
import { fullName, plainName, standing } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Name } from "../parts/Name.tsx";
import { errorText, useView } from "../view.ts";

type Loaded = { state: "loading" } | { state: "failed"; error: unknown } | {
  state: "loaded";
  members: Member[];
};

export function MembersPanel({ room }: { room: MemberRoom }) {
  const view = useView();
  const { words, state, membersOpen, dialog } = view;
  const loaded = useMembers(room);
  const facts = standing(state.me.value, room);
  return (
    <aside class="members" aria-label={words.room.members}>
      <header class="members-header">
        <h2 class="grow">
          {words.room.memberCount(
            loaded.state === "loaded" ? loaded.members.length : room.memberCount,
          )}
        </h2>
        {mayAdd(facts) === "allowed" && (
          <button
            type="button"
            class="icon-button"
            aria-label={words.room.addPeople}
            title={words.room.addPeople}
            onClick={() => dialog.value = { kind: "addMembers", room }}
          >
            <Icon name="userAdd" />
          </button>
        )}
        <button
          type="button"
          class="icon-button"
          aria-label={words.common.close}
          onClick={() => membersOpen.value = false}
        >
          <Icon name="close" />
        </button>
      </header>
      {loaded.state === "loading" && <p class="panel-note">{words.common.loading}</p>}
      {loaded.state === "failed" && <p class="panel-note">{errorText(words, loaded.error)}</p>}
      {loaded.state === "loaded" && (
        <ul class="members-list">
          {byPresence(loaded.members, state.presence.value).map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              room={room}
              removable={mayRemove(facts) === "allowed" && member.id !== state.me.value.id}
            />
          ))}
        </ul>
      )}
    </aside>
  );
}

/** Asked for anew whenever somebody came or went. */
function useMembers(room: MemberRoom): Loaded {
  const { actions, membersChanges } = useView();
  const [loaded, setLoaded] = useState<Loaded>({ state: "loading" });
  useEffect(() => {
    let current = true;
    actions.members(room.id).then(
      (members) => current && setLoaded({ state: "loaded", members }),
      (error) => current && setLoaded({ state: "failed", error }),
    );
    return () => {
      current = false;
    };
  }, [room.id, room.memberCount, membersChanges.value]);
  return loaded;
}

const RANK: Record<PresenceStatus, number> = { online: 0, away: 1, offline: 2 };

function byPresence(members: Member[], presence: ReadonlyMap<number, PresenceStatus>): Member[] {
  const rank = (member: Member) => RANK[presence.get(member.id) ?? "offline"];
  return members.toSorted((a, b) =>
    rank(a) - rank(b) || a.displayName.localeCompare(b.displayName)
  );
}

interface MemberRowProps {
  member: Member;
  room: MemberRoom;
  removable: boolean;
}

function MemberRow({ member, room, removable }: MemberRowProps) {
  const { words, state, actions, dialog, membersChanges } = useView();
  const presence = state.presence.value.get(member.id) ?? "offline";
  const name = plainName(member);
  function confirmRemove() {
    dialog.value = {
      kind: "confirm",
      title: words.room.removeTitle(fullName(member)),
      text: words.room.removeText,
      action: words.room.removeConfirm,
      run: async () => {
        await actions.removeMember(room.id, member.id);
        membersChanges.value++;
      },
    };
  }
  return (
    <li class={presence === "offline" ? "member absent" : "member"}>
      <Avatar id={member.id} name={name} picture={member.avatar} presence={presence} />
      <span class="member-names grow">
        <span class="name">
          <Name>{name}</Name>
          {member.id === state.me.value.id && <span class="aside-word">{words.common.you}</span>}
        </span>
        <span class="handle">
          <Name>@{member.username}</Name>
          <span class="hidden">{words.presence[presence]}</span>
          {member.membership.role === "owner" && ` · ${words.room.owner}`}
        </span>
      </span>
      {removable && (
        <button
          type="button"
          class="icon-button reveal"
          aria-label={words.room.remove(fullName(member))}
          title={words.room.remove(name)}
          onClick={confirmRemove}
        >
          <Icon name="close" />
        </button>
      )}
    </li>
  );
}
