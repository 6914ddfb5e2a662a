/**
 * A message's text as it stands in the conversation: each line in its own direction, a few emoji
 * alone large, a long one folded. The button opens it, and so does the Tab key on a link within.
 */
import type { ComponentChildren } from "preact";
import { isFewEmoji } from "../../protocol/emoji.ts";
import { emojiParts } from "../../protocol/emoji_names.ts";
import type { GroupMention } from "../../protocol/group_mentions.ts";
import { isLong } from "../text/folding.ts";
import { useView, type View } from "../view.ts";
import { useTabIndex } from "../text/tab_index.ts";
import { useFold } from "../text/fold.ts";
import { MessageText } from "../text/MessageText.tsx";

export interface TextBlockProps {
  text: string;
  /** Ids of the users that the server found mentioned in it. */
  mentions: readonly number[];
  /** Of many at once. */
  group?: GroupMention | undefined;
  /** By which it is remembered that it was opened: the same on its way and when it is stored. */
  name: string;
  /** Stands behind the text. */
  children?: ComponentChildren;
}

export function TextBlock({ text, mentions, group, name, children }: TextBlockProps) {
  const { words, state } = useView();
  const tabIndex = useTabIndex();
  const fold = useFold<HTMLDivElement>(name);
  const long = isLong(text);
  let looks = isFewEmoji(unnamed(text, state)) ? "text large" : "text";
  if (long && !fold.open) looks += " folded";
  return (
    <>
      <div
        ref={fold.content}
        class={looks}
        dir="auto"
        onFocusIn={long && !fold.open ? fold.toggle : undefined}
      >
        <MessageText text={text} mentions={mentions} group={group} />
        {children}
      </div>
      {long && (
        <button
          ref={fold.button}
          type="button"
          class="link-button fold-button"
          tabIndex={tabIndex}
          aria-expanded={fold.open ? "true" : "false"}
          onClick={fold.toggle}
        >
          {fold.open ? words.message.showLess : words.message.showAll}
        </button>
      )}
    </>
  );
}

/** With any emoji in place of each custom one. */
function unnamed(text: string, { emoji }: View["state"]): string {
  if (!text.includes(":")) return text;
  return emojiParts(text, emoji.value).map((part) => typeof part === "string" ? part : "😀").join(
    "",
  );
}
