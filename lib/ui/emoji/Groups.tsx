/** The groups of emoji, to jump to: one stop for Tab, arrows move. It must not know what is in them. */
import { useDialogView } from "../dialog_view.ts";
import { EmojiPicture } from "../parts/EmojiSign.tsx";
import { Icon } from "../parts/Icon.tsx";
import { CUSTOM } from "./emoji_set.ts";

const PICTURES: Readonly<Record<number, string>> = {
  0: "😀",
  1: "👋",
  3: "🐻",
  4: "🍎",
  5: "✈️",
  6: "⚽",
  7: "💡",
  8: "💟",
  9: "🏁",
};

export type GroupKey = number | "recent";

export interface GroupsProps {
  groups: readonly GroupKey[];
  current: GroupKey | null;
  onGroup: (group: GroupKey) => void;
}

export function Groups({ groups, current, onGroup }: GroupsProps) {
  const { words } = useDialogView();
  const stop = current !== null && groups.includes(current) ? current : groups[0];
  return (
    <div
      class="emoji-groups"
      role="toolbar"
      aria-label={words.emoji.jump}
      onKeyDown={(event) => moveInside(event, event.currentTarget)}
    >
      {groups.map((group) => {
        const label = group === "recent" ? words.emoji.recent : words.emoji.groups[group];
        return (
          <button
            key={group}
            type="button"
            class={group === current ? "emoji-button on" : "emoji-button"}
            tabIndex={group === stop ? 0 : -1}
            aria-label={label}
            title={label}
            aria-current={group === current ? "true" : undefined}
            onClick={() => onGroup(group)}
          >
            {group === "recent"
              ? <Icon name="clock" />
              : group === CUSTOM
              ? <FirstCustom />
              : PICTURES[group]}
          </button>
        );
      })}
    </div>
  );
}

/** The group looks like the first in it. */
function FirstCustom() {
  const [one] = useDialogView().state.emoji.value.values();
  return one === undefined ? <Icon name="smile" /> : <EmojiPicture one={one} />;
}

function moveInside(event: KeyboardEvent, bar: HTMLElement): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  const buttons = [...bar.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  event.preventDefault();
  buttons.at((at + step) % buttons.length)?.focus();
}
