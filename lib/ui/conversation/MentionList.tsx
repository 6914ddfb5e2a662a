/** Offers people while an `@name` is written: arrows choose, Enter or Tab takes, Escape hides. */
import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import type { User } from "../../protocol/people.ts";
import { unfinishedMention } from "../../protocol/mentions.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { Name } from "../parts/Name.tsx";
import { useAnswer } from "../people_search.ts";
import { useView, type View } from "../view.ts";
import type { MentionField, MentionKeys } from "./mention_field.ts";
import { mentionable } from "./mentionable.ts";

export interface MentionListProps {
  id: string;
  field: MentionField;
  text: ReadonlySignal<string>;
  input: { readonly current: HTMLTextAreaElement | null };
  write: (text: string) => void;
}

interface MentionChoice extends MentionKeys {
  people: User[];
  /** Which of them is chosen. */
  at: number;
}

function useMentionChoice({ text, input, write }: MentionListProps): MentionChoice {
  const view = useView();
  const prefix = useSignal<string | null>(null);
  /** Chosen with the arrows: the list may grow meanwhile. */
  const chosen = useSignal<number | null>(null);
  const people = useOffered(view, prefix.value);
  const at = Math.max(0, people.findIndex(({ id }) => id === chosen.value));
  return {
    people,
    at,
    look() {
      const caret = input.current?.selectionEnd ?? 0;
      const found = unfinishedMention(text.value.slice(Math.max(0, caret - 40), caret));
      if (prefix.value !== found) chosen.value = null;
      prefix.value = found;
    },
    hide() {
      prefix.value = null;
    },
    onKey(event) {
      if (people.length === 0) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined) {
        chosen.value = people[(at + step + people.length) % people.length]!.id;
      } else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") {
        complete(people[at]!, text.value, input.current!, write);
      } else if (event.key !== "Escape") {
        return false;
      }
      if (step === undefined) prefix.value = null;
      event.preventDefault();
      return true;
    },
  };
}

/** People who are known at once, and room members whom this browser has not seen yet. */
function useOffered({ state, actions }: View, prefix: string | null): User[] {
  const room = state.openRoom.value;
  const answer = useAnswer(
    prefix,
    room,
    (query) => room === null ? Promise.resolve([]) : actions.searchMembers(room, query),
  );
  if (prefix === null || room === null) return [];
  return mentionable({
    prefix,
    self: state.me.value.id,
    room: state.rooms.value.get(room),
    users: state.users.value,
    messages: state.timeline.value?.messages ?? [],
    answer,
  });
}

/** Puts the whole name in place of its beginning, and the caret after it. */
function complete(
  user: User,
  text: string,
  input: HTMLTextAreaElement,
  write: (text: string) => void,
): void {
  const caret = input.selectionEnd;
  const begun = unfinishedMention(text.slice(Math.max(0, caret - 40), caret)) ?? "";
  const start = caret - begun.length - 1;
  const name = `@${user.username} `;
  const changed = text.slice(0, start) + name + text.slice(caret).replace(/^ /, "");
  write(changed);
  input.value = changed;
  input.setSelectionRange(start + name.length, start + name.length);
}

export function MentionList(props: MentionListProps) {
  const { id, field, text, input, write } = props;
  const { words } = useView();
  const choice = useMentionChoice(props);
  useLayoutEffect(() => {
    field.attach(choice);
    field.chosen.value = choice.people.length === 0 ? null : choice.at;
  });
  useLayoutEffect(() => () => field.detach(), []);
  if (choice.people.length === 0) return null;
  return (
    <ul class="mention-list" id={id} role="listbox" aria-label={words.composer.mentionList}>
      {choice.people.map((user, at) => (
        <li
          key={user.id}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === choice.at ? "true" : "false"}
          // Before the text area loses the focus, and its list with it.
          onPointerDown={(event) => {
            event.preventDefault();
            complete(user, text.value, input.current!, write);
            choice.hide();
          }}
        >
          <Avatar id={user.id} name={user.displayName} picture={user.avatar} size="small" />
          <Name class="name">{user.displayName}</Name>
          <Name class="handle">@{user.username}</Name>
        </li>
      ))}
    </ul>
  );
}
