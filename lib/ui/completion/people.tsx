/** Completes `@name` with the people of the room. */
import { unfinishedMention } from "../../protocol/mentions.ts";
import type { User } from "../../protocol/people.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { Name } from "../parts/Name.tsx";
import { useAnswer } from "../people_search.ts";
import { useView } from "../view.ts";
import { mentionable } from "./mentionable.ts";
import type { CompletionChoice, CompletionSource } from "./source.ts";

export const PEOPLE: CompletionSource = {
  begun: unfinishedMention,
  useOffer: (query, room) => ({ choices: usePeople(query, room).map(choiceOf) }),
  label: (words) => words.composer.mentionList,
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
