/**
 * A text with markup that the server wrote into the page: it stays as it is, and what shows markup
 * need not be there for it. It comes to life when somebody points at it or comes to it by keyboard,
 * and, where it is code, once the page is at rest.
 *
 * Awake, it is a Preact root of its own over the server's elements, as in `parts/Later.tsx`.
 */
import { hydrate, render, type VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useAtRest } from "../parts/at_rest.ts";
import { useView, ViewContext } from "../view.ts";
import { loadFormatting } from "./at_hand.ts";
import { InMessage, useTabIndex } from "./tab_index.ts";

/** Always the same object, so that Preact never touches the content. */
const AS_WRITTEN = { __html: "" };

/** Code whose language is told gets its colours. */
const COLOURED = /^ *[`~]{3,} *\w/m;

export interface AsWrittenProps {
  text: string;
  /** The same text, made anew. */
  children: VNode;
}

export function AsWritten({ text, children }: AsWrittenProps) {
  const view = useView();
  const tabIndex = useTabIndex();
  const [writtenIndex] = useState(tabIndex);
  const element = useRef<HTMLDivElement>(null);
  const missed = useRef<HTMLElement | null>(null);
  const isAwake = useRef(false);
  const [touched, setTouched] = useState(false);
  const formatting = useAtRest(loadFormatting, touched);

  useLayoutEffect(() => {
    const root = element.current!;
    const isWanted = touched || tabIndex === 0 || COLOURED.test(text);
    // A room that was left before it woke has nothing written for this one.
    const isEmpty = root.firstChild === null;
    if (!isEmpty && (formatting === null || !isWanted)) return;
    const tree = (at: 0 | -1) => (
      <ViewContext.Provider value={view}>
        <InMessage.Provider value={at}>{children}</InMessage.Provider>
      </ViewContext.Provider>
    );
    // Waking takes the attributes for those that it would write: what has changed comes after.
    if (!isEmpty && !isAwake.current) hydrate(tree(writtenIndex), root);
    render(tree(tabIndex), root);
    isAwake.current = true;
    missed.current?.click();
    missed.current = null;
  });
  useLayoutEffect(() => () => {
    if (isAwake.current) render(null, element.current!);
  }, []);

  const wake = () => setTouched(true);
  return (
    <div
      class="formatted"
      ref={element}
      onPointerOver={wake}
      onFocusIn={wake}
      onClick={({ target }) => {
        // Clicked before it was awake: it happens as soon as it is.
        if (!isAwake.current) missed.current = (target as Element).closest("[role=button],button");
      }}
      dangerouslySetInnerHTML={AS_WRITTEN}
    />
  );
}
