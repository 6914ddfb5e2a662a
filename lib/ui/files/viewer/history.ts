/**
 * What opens above the chat is an entry of the browser's history: "back", which a phone's reader
 * presses first, closes it and leaves the chat where it is.
 */
import { useEffect, useRef } from "preact/hooks";

/** @returns closes it and then does something that may lead to another entry of the history */
export function useBackCloses(close: () => void): (then: () => void) => void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    history.pushState({ ...history.state, viewer: true }, "");
    const popped = () => latest.current();
    addEventListener("popstate", popped);
    return () => {
      removeEventListener("popstate", popped);
      if (isOwn()) history.back();
    };
  }, []);
  return (then) => {
    if (!isOwn()) {
      latest.current();
      return then();
    }
    // In a task of its own: what else hears of this step back is done by then.
    addEventListener("popstate", () => setTimeout(then), { once: true });
    history.back();
  };
}

function isOwn(): boolean {
  return (history.state as { viewer?: boolean } | null)?.viewer === true;
}
