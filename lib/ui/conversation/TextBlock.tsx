/**
 * A message's text as it stands in the conversation: each line in its own direction, a few emoji
 * alone large, a long one folded. The button opens it, and so does the Tab key on a link within.
 */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { isFewEmoji } from "../../protocol/emoji.ts";
import { isLong } from "./folding.ts";
import { useView } from "../view.ts";
import { useTabIndex } from "./active.ts";
import { MessageText } from "./MessageText.tsx";

export interface TextBlockProps {
  text: string;
  /** Ids of the users that the server found mentioned in it. */
  mentions: readonly number[];
  /** By which it is remembered that it was opened: the same on its way and when it is stored. */
  name: string;
  /** Stands behind the text. */
  children?: ComponentChildren;
}

export function TextBlock({ text, mentions, name, children }: TextBlockProps) {
  const { words } = useView();
  const tabIndex = useTabIndex();
  const fold = useFold(name);
  const long = isLong(text);
  let looks = isFewEmoji(text) ? "text large" : "text";
  if (long && !fold.open) looks += " folded";
  return (
    <>
      <div
        ref={fold.content}
        class={looks}
        dir="auto"
        onFocusIn={long && !fold.open ? fold.toggle : undefined}
      >
        <MessageText text={text} mentions={mentions} />
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

function useFold(name: string) {
  const { unfolded } = useView();
  const [open, setOpen] = useState(() => unfolded.has(name));
  const content = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const held = useRef<{ element: HTMLElement; top: number } | null>(null);

  function toggle() {
    // Opened, the text goes on where it stopped; closed, the button stays under the pointer.
    const element = open ? button.current! : content.current!;
    held.current = { element, top: element.getBoundingClientRect().top };
    if (open) unfolded.delete(name);
    else unfolded.add(name);
    setOpen(!open);
  }
  useLayoutEffect(() => {
    if (held.current === null) return;
    const { element, top } = held.current;
    held.current = null;
    const scroller = element.closest<HTMLElement>(".scroller");
    if (scroller !== null) scroller.scrollTop += element.getBoundingClientRect().top - top;
  }, [open]);
  return { open, content, button, toggle };
}
