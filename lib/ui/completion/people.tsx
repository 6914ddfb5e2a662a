/** Completes `@name` with the people of the room. */
import { unfinishedMention } from "../../protocol/mentions.ts";
import type { GroupMention } from "../../protocol/group_mentions.ts";
import type { User } from "../../protocol/people.ts";
import { dialogWords } from "../catalogue/dialogs.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { AnyIcon } from "../parts/AnyIcon.tsx";
import { Name } from "../parts/Name.tsx";
import { useAnswer } from "../people_search.ts";
import { useView } from "../view.ts";
import { mentionable } from "./mentionable.ts";
import type { CompletionChoice, CompletionSource } from "./source.ts";

export const PEOPLE: CompletionSource = {
  begun: unfinishedMention,
  useOffer(query, room) {
    const people = usePeople(query, room).map(choiceOf);
    const groups = useGroups(query, room);
    // Whoever has written "@room" means it; whoever has begun a name means somebody.
    const isWhole = groups.some(({ key }) => key === query?.toLowerCase());
    return { choices: isWhole ? [...groups, ...people] : [...people, ...groups] };
  },
  label: (_words, language) => dialogWords(language).aim.mentionList,
};

/** People who are known at once, and room members whom this browser has not seen yet. */
function usePeople(prefix: string | null, room: number): User[] {
  const { state, actions } = useView();
  const answer = useAnswer(prefix, room, (query) => actions.searchMembers(room, query));
  if (prefix === null) return [];
  return mentionable({
    prefix,
    self: state.me.value.id,
    room: state.rooms.value.get(room),
    users: state.users.value,
    messages: state.timeline.value?.messages ?? [],
    answer,
  });
}

/** What each group is called in other chats, and in Russian. */
const GROUPS: readonly [GroupMention, readonly string[]][] = [
  ["here", ["here", "online", "здесь", "сейчас", "онлайн"]],
  ["room", ["room", "all", "everyone", "everybody", "channel", "все", "всем", "комната", "канал"]],
];

function useGroups(query: string | null, room: number): CompletionChoice[] {
  const { language, state } = useView();
  const count = state.rooms.value.get(room)?.memberCount ?? 0;
  if (query === null || count <= 2) return [];
  const asked = query.toLowerCase();
  const words = dialogWords(language).groupMentions;
  return GROUPS.filter(([, names]) => names.some((name) => name.startsWith(asked))).map((
    [group],
  ) => ({
    key: group,
    text: `@${group} `,
    row: (
      <>
        <span class="completion-icon">
          <AnyIcon name={group === "here" ? "bell" : "people"} />
        </span>
        <Name class="name">@{group}</Name>
        <span class="handle">{words[group]}</span>
      </>
    ),
  }));
}

function choiceOf(user: User): CompletionChoice {
  return {
    key: String(user.id),
    text: `@${user.username} `,
    row: (
      <>
        <Avatar id={user.id} name={user.displayName} picture={user.avatar} size="small" />
        <Name class="name">{user.displayName}</Name>
        <Name class="handle">@{user.username}</Name>
      </>
    ),
  };
}
