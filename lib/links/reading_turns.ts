/**
 * Turns for those that read pages: one piece of one page after everything else that waits, however
 * many pages there are. It knows no pages.
 */
import type { EventLoop } from "../event_loop.ts";

/** Each call lasts until it is the caller's turn. */
export function createReadingTurns(
  { immediate }: Pick<EventLoop, "immediate">,
): () => Promise<void> {
  const waiting: (() => void)[] = [];
  const next = () => {
    waiting.shift()?.();
    if (waiting.length > 0) immediate(next);
  };
  return () =>
    new Promise((begin) => {
      waiting.push(begin);
      if (waiting.length === 1) immediate(next);
    });
}
