/**
 * What opens above the chat has an entry of the browser's history, one for all that is open: "back",
 * which a phone's reader presses first, closes it and leaves the chat where it is. It must not know
 * what opens. Another place takes the entry over: see `navigate` in the island, and decision 70.
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import { afterStep, isSteppingBack, stepBack } from "../history_steps.ts";

/** How each is closed. */
const open = new Set<() => void>();
let waiting: (() => void)[] = [];

/** @param wanted false where "back" has nothing to close */
export function useBackCloses(close: () => void, wanted = true): void {
  const latest = useRef(close);
  latest.current = close;
  useLayoutEffect(() => {
    if (!wanted) return;
    const closeLatest = () => latest.current();
    open.add(closeLatest);
    addEventListener("popstate", popped);
    fit();
    return () => {
      open.delete(closeLatest);
      // What opens in its place takes over the entry.
      setTimeout(fit);
    };
  }, []);
}

/** Once nothing is open, and its entry has been left. */
export function whenClosed(then: () => void): void {
  waiting.push(then);
  fit();
}

function popped(): void {
  if (isSteppingBack()) return;
  const closed = [...open];
  open.clear();
  for (const close of closed) close();
}

function fit(): void {
  afterStep(() => {
    const stands = Boolean((history.state as { over?: true } | null)?.over);
    if (open.size > 0) {
      if (!stands) history.pushState({ ...history.state, over: true }, "");
    } else if (stands) {
      stepBack();
      fit();
    } else {
      const closed = waiting;
      waiting = [];
      for (const then of closed) then();
    }
  });
}
