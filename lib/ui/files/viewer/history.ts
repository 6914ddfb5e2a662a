/**
 * What opens above the chat is an entry of the browser's history: "back", which a phone's reader
 * presses first, closes it and leaves the chat where it is.
 */
import { useEffect, useRef } from "preact/hooks";

/** A step back takes a moment: so long (ms) at most. */
const STEP = 1_000;

/**
 * @param isThere whether what it stands above can still be shown; a step back onto a room that is
 *   gone would ask for it in vain, and say so over the words that explain why it is gone
 * @returns closes it and then does something that may lead to another entry of the history
 */
export function useBackCloses(
  close: () => void,
  isThere: () => boolean,
): (then: () => void) => void {
  const latest = useRef({ close, isThere });
  latest.current = { close, isThere };
  useEffect(() => {
    // The step back from what stood here before may be under way: it must not close this one.
    let isLeaving = stands() === "left";
    if (!isLeaving) history.pushState({ ...history.state, viewer: true }, "");
    // Or it was done long ago, and "forward" led here: then this entry will do.
    const timer = isLeaving ? setTimeout(settle, STEP) : undefined;
    function settle() {
      isLeaving = false;
      history.replaceState({ ...history.state, viewer: true }, "");
    }
    function popped() {
      if (!isLeaving) return latest.current.close();
      isLeaving = false;
      clearTimeout(timer);
      history.pushState({ ...history.state, viewer: true }, "");
    }
    addEventListener("popstate", popped);
    return () => {
      clearTimeout(timer);
      removeEventListener("popstate", popped);
      if (stands() !== true) return;
      if (latest.current.isThere()) stepBack();
      else history.replaceState({ ...history.state, viewer: undefined }, "");
    };
  }, []);
  return (then) => {
    if (stands() !== true) {
      latest.current.close();
      return then();
    }
    // In a task of its own: what else hears of this step back is done by then.
    addEventListener("popstate", () => setTimeout(then), { once: true });
    stepBack();
  };
}

/** True while it is open; "left" from then on, also before the step back is done. */
function stands(): unknown {
  return (history.state as { viewer?: unknown } | null)?.viewer;
}

function stepBack(): void {
  history.replaceState({ ...history.state, viewer: "left" }, "");
  history.back();
}
