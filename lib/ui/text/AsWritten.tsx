/**
 * What the server wrote into the page, such as a text with markup or a message's files: it stays as
 * it is, and what shows such things need not be there for it. It comes to life when somebody points
 * at it or comes to it by keyboard, when a picture in it does not come, and, where it is wanted
 * awake, once the page is at rest.
 *
 * Awake, it is a Preact root of its own over the server's elements, as in `parts/Later.tsx`.
 */
import { hydrate, render, type VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useAtRest } from "../parts/at_rest.ts";
import { useView, ViewContext } from "../view.ts";
import { InMessage, useTabIndex } from "./tab_index.ts";

/** Always the same object, so that Preact never touches the content. */
const AS_WRITTEN = { __html: "" };

export interface AsWrittenProps {
  class: string;
  /** Brings what makes the same anew. */
  load: () => Promise<unknown>;
  /** It is to come to life by itself. */
  wanted: boolean;
  /** The same, made anew. */
  children: VNode;
}

export function AsWritten({ class: name, load, wanted, children }: AsWrittenProps) {
  const view = useView();
  const tabIndex = useTabIndex();
  const [writtenIndex] = useState(tabIndex);
  const element = useRef<HTMLDivElement>(null);
  const missed = useRef<HTMLElement | null>(null);
  const isAwake = useRef(false);
  const [touched, setTouched] = useState(false);
  const loaded = useAtRest(load, touched);

  useLayoutEffect(() => {
    const root = element.current!;
    const isWanted = touched || tabIndex === 0 || wanted || hasBroken(root);
    // A room that was left before it woke has nothing written for this one.
    const isEmpty = root.firstChild === null;
    if (!isEmpty && (loaded === null || !isWanted)) return;
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
      class={name}
      ref={element}
      onPointerOver={wake}
      onFocusIn={wake}
      onErrorCapture={wake}
      onClick={(event) => {
        if (isAwake.current) return;
        // Clicked before it was awake: it happens as soon as it is.
        missed.current = (event.target as Element).closest("[role=button],button,.opens");
        if (missed.current) event.preventDefault();
      }}
      dangerouslySetInnerHTML={AS_WRITTEN}
    />
  );
}

/** A picture in it did not come, and what stands for it is to be said. */
function hasBroken(root: HTMLElement): boolean {
  return [...root.querySelectorAll("img")].some((one) => one.complete && !one.naturalWidth);
}
