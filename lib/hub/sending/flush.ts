/**
 * When to send: at once while there is little to do, and in larger and larger batches under load.
 * Each frame costs a system call, so fewer frames are cheaper.
 *
 * When idle, the flush comes in the same pass of the event loop. After a flush that cost `c`, the
 * next waits `clamp(1.5 c, 5, 50)` ms from its end (a macrotask after its writes): a window shorter
 * than the cost, or counted from the start, would save nothing. It knows no connections.
 */
import type { EventLoop } from "../../event_loop.ts";

const GAP_FACTOR = 1.5;
const GAP_MIN = 5;
const GAP_MAX = 50;

/**
 * Calls `flush` soon after `request`, once for all requests until then. If `flush` returns false it
 * has sent a part, and is called again when the runtime has written it.
 */
export function createFlushSchedule(
  flush: () => boolean,
  loop: Pick<EventLoop, "now" | "immediate" | "after">,
): { request(): void } {
  let state: "idle" | "scheduled" | "flushing" | "settling" = "idle";
  let again = false;
  let gap = 0;
  let endedAt = -Infinity;

  function request() {
    if (state === "flushing" || state === "settling") again = true;
    if (state !== "idle") return;
    state = "scheduled";
    const wait = endedAt + gap - loop.now();
    if (wait <= 0) loop.immediate(run);
    else loop.after(wait, run);
  }

  function run() {
    state = "flushing";
    sendPart(loop.now());
  }

  function sendPart(startedAt: number) {
    if (!flush()) return loop.immediate(() => sendPart(startedAt));
    state = "settling";
    // The writes run as tasks of the same loop; if a timer led here, they run after the first
    // immediate, so the second one measures their cost.
    loop.immediate(() =>
      loop.immediate(() => {
        endedAt = loop.now();
        gap = Math.min(GAP_MAX, Math.max(GAP_MIN, GAP_FACTOR * (endedAt - startedAt)));
        state = "idle";
        if (!again) return;
        again = false;
        request();
      })
    );
  }

  return { request };
}
