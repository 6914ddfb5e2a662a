/**
 * The finger that holds the button of voice messages, followed over the window: what it leads to is
 * `holding.ts`'s. It must not know what is shown meanwhile.
 */
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Holding } from "./holding.ts";
import type { VoiceActs } from "./use_recording.ts";

/** Follows the finger; null once it holds the button no more. */
export function useHold(
  held: PointerEvent | null,
  acts: VoiceActs,
): { dropping: { value: number } } | null {
  const on = useSignal(held !== null);
  const dropping = useSignal(0);
  const latest = useRef(acts);
  latest.current = acts;
  // At once: a tap is over before the page is painted again.
  useLayoutEffect(() => {
    if (held === null) return;
    const holding = new Holding({ x: held.clientX, y: held.clientY }, held.timeStamp);
    const ends = new AbortController();
    const options = { signal: ends.signal };
    const end = (how: "sends" | "stays" | "drops") => {
      ends.abort();
      on.value = false;
      if (how === "drops") latest.current.drop();
      // Where the browser was still asking, the finger had to leave the button for that.
      else if (how === "sends" && latest.current.recording.state.peek().kind === "recording") {
        latest.current.send();
      }
    };
    const mine = (event: PointerEvent) => event.pointerId === held.pointerId;
    addEventListener("pointermove", (event) => {
      if (!mine(event)) return;
      const moved = holding.moved({ x: event.clientX, y: event.clientY });
      dropping.value = moved.dropping;
      if (moved.state !== "holds") end(moved.state);
    }, options);
    addEventListener("pointerup", (event) => {
      if (mine(event)) end(holding.released(event.timeStamp));
    }, options);
    addEventListener("pointercancel", (event) => mine(event) && end("stays"), options);
    // A further press: it was let go of before anything here was listening.
    addEventListener("pointerdown", (event) => event !== held && end("stays"), options);
    // A long press would open the browser's menu.
    addEventListener("contextmenu", (event) => event.preventDefault(), options);
    return () => ends.abort();
  }, []);
  return on.value ? { dropping } : null;
}
