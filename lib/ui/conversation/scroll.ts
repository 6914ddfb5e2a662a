/** Joins the keeper of the reader's place to the component: what to render, when to settle. */
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Timeline } from "../../client/model.ts";
import { useView } from "../view.ts";
import { PlaceKeeper } from "./place_keeper.ts";
import type { Shown } from "./window.ts";

export interface ConversationScroll {
  scroller: RefObject<HTMLDivElement | null>;
  /** Which of the loaded messages are in the page. */
  shown: Shown;
  place: PlaceKeeper;
}

export function useConversationScroll(timeline: Timeline | null): ConversationScroll {
  const view = useView();
  const scroller = useRef<HTMLDivElement>(null);
  const keeper = useRef<PlaceKeeper>(null);
  keeper.current ??= new PlaceKeeper(view);
  const place = keeper.current;
  place.view = view;
  void place.turned.value; // renders again when other messages shall stand in the page
  const landing = view.state.landing.value;
  const shown = place.shown(timeline, landing);

  useLayoutEffect(() => place.settle(scroller.current!, timeline, landing));
  useEffect(() => {
    const look = () => place.look();
    addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    // Also for what has just been uncovered, by a dialog that closed or a panel.
    document.addEventListener("focusin", look);
    const sizes = new ResizeObserver(() => place.resized());
    sizes.observe(scroller.current!);
    sizes.observe(scroller.current!.firstElementChild!);
    return () => {
      removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
      document.removeEventListener("focusin", look);
      sizes.disconnect();
      place.stop();
    };
  }, []);
  return { scroller, shown, place };
}
