/**
 * Wakes a part of the server's page in a task of its own, after everything around it. Somebody may
 * already be reading and scrolling on a phone, which must not freeze for the whole page at once.
 *
 * The part is a Preact root of its own, rendered whenever the tree around it is. A signal renders
 * the part before the surrounding tree. So pass it only props that stay the same, and let it read
 * the rest itself; otherwise it renders twice.
 *
 * The page's passive effects, which start the clock and the engine, run after it, because their
 * timer is set later. So the part finds the page as the server wrote it.
 */
import { hydrate, render, type VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useView, ViewContext } from "../view.ts";

/** Always the same object, so that Preact never touches the content. */
const AS_WRITTEN = { __html: "" };

export interface LaterProps {
  class: string;
  children: VNode;
}

export function Later({ class: name, children }: LaterProps) {
  const view = useView();
  const element = useRef<HTMLDivElement>(null);
  // Decided once: only the browser's first render finds content written by the server.
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
