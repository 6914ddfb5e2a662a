/**
 * Turns for those that read pages: one piece of one page after everything else that waits, however
 * many pages there are. It knows no pages.
 */
import { type EventLoop, letOthersIn } from "../event_loop.ts";

/** Each call lasts until it is the caller's turn. */
export function createReadingTurns(
  loop: Pick<EventLoop, "after">,
): () => Promise<void> {
  const waiting: (() => void)[] = [];
  const next = () => {
    waiting.shift()?.();
    if (waiting.length > 0) letOthersIn(loop, next);
  };
  return () =>
    new Promise((begin) => {
      waiting.push(begin);
      if (waiting.length === 1) letOthersIn(loop, next);
    });
}
