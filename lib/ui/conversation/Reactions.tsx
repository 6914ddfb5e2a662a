/** The reactions to a message: each a switch that tells who pressed it. */
import type { Message } from "../../protocol/messages.ts";
import { mayReact, type Standing } from "../../protocol/permissions.ts";
import { isolate } from "../direction.ts";
import { userName, type Users } from "../names.ts";
import { EmojiSign } from "../parts/EmojiSign.tsx";
import { Icon } from "../parts/Icon.tsx";
import { attempt, useView, type View } from "../view.ts";
import { useTabIndex } from "../text/tab_index.ts";

/** Names shown before "and 5 others". */
export const NAMES = 12;

export function Reactions({ message, facts }: { message: Message; facts: Standing }) {
  const view = useView();
  const { state, words, actions, dialog } = view;
  const tabIndex = useTabIndex();
  const entries = Object.entries(message.reactions);
  if (entries.length === 0) return null;
  const me = state.me.value;
  const writable = mayReact(facts, { deleted: message.deletedAt !== null }) === "allowed";
  return (
    <div class="reactions">
      {entries.map(([emoji, ids]) => {
        const on = ids.includes(me.id);
        const names = reactors(ids, state.users.value, view);
        return (
          <button
            key={emoji}
            type="button"
            class="reaction"
            aria-pressed={on ? "true" : "false"}
            title={names}
            tabIndex={tabIndex}
            disabled={!writable}
            onClick={() => void attempt(view, () => actions.react(message.id, emoji, !on))}
          >
            <span class="emoji">
              <EmojiSign sign={emoji} />
            </span>
            <span>{ids.length}</span>
            <span class="hidden">{words.message.reactedBy(names)}</span>
          </button>
        );
      })}
      {writable && (
        <button
          type="button"
          class="reaction add"
          aria-label={words.message.react}
          title={words.message.react}
          tabIndex={tabIndex}
          onClick={() => dialog.value = { kind: "emoji", message }}
        >
          <Icon name="smile" />
        </button>
      )}
    </div>
  );
}

function reactors(ids: readonly number[], users: Users, view: View): string {
  const { words, language, state } = view;
  const names = ids.slice(0, NAMES).map((id) =>
    id === state.me.value.id ? words.common.you : isolate(userName(users, id))
  );
  if (ids.length > NAMES) names.push(words.message.andMore(ids.length - NAMES));
  return new Intl.ListFormat(language).format(names);
}
