/**
 * Wakes what the server wrote in a task of its own, after all that stands around it: a phone on
 * which somebody already reads and scrolls must not stand still for the whole page at once.
 *
 * It is a root of its own, joined to the tree around it by being rendered whenever that is. What is
 * in it renders for a signal before the tree around it does: hand it only what stays, and let it
 * read the rest for itself, or it renders twice.
 *
 * The passive effects of the page, in which the clock and the engine start, come after it: their
 * timer is set later. So what wakes finds the page as the server wrote it.
 */
import { hydrate, render, type VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useView, ViewContext } from "../view.ts";

/** Always the same, so that Preact never touches what stands inside. */
const AS_WRITTEN = { __html: "" };

export interface LaterProps {
  class: string;
  children: VNode;
}

export function Later({ class: name, children }: LaterProps) {
  const view = useView();
  const element = useRef<HTMLDivElement>(null);
  // Decided once: only the browser's first render finds something written by the server.
  const [written] = useState(() => "document" in globalThis && !view.mounted.peek());
  const tree = <ViewContext.Provider value={view}>{children}</ViewContext.Provider>;
  const latest = useRef(tree);
  latest.current = tree;
  const awake = useRef(false);

  useLayoutEffect(() => {
    if (awake.current) render(tree, element.current!);
  });
  useLayoutEffect(() => {
    if (!written) return;
    const root = element.current!;
    const timer = setTimeout(() => {
      awake.current = true;
      hydrate(latest.current, root);
    });
    return () => {
      clearTimeout(timer);
      if (awake.current) render(null, root);
    };
  }, []);

  return written
    ? <div class={name} ref={element} dangerouslySetInnerHTML={AS_WRITTEN} />
    : <div class={name}>{children}</div>;
}
