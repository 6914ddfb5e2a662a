/**
 * The steps back in the browser's history that the chat takes by itself. They take a moment, and what
 * is done meanwhile would land on another entry: it waits. The history is the window's, and so is
 * this. It must not know what entries stand for.
 */

/** Where none comes, as after a page of another tab, nothing waits longer (ms). */
const LONGEST = 1_000;

let waiting: (() => void)[] | null = null;

export function isSteppingBack(): boolean {
  return waiting !== null;
}

export function stepBack(): void {
  const after: (() => void)[] = waiting = [];
  const done = () => {
    if (waiting !== after) return;
    waiting = null;
    for (const then of after) then();
  };
  // In a task of its own: all that hear of it take it for what it is.
  addEventListener("popstate", () => setTimeout(done), { once: true });
  setTimeout(done, LONGEST);
  history.back();
}

/** At once, or when the step that is under way is done. */
export function afterStep(then: () => void): void {
  if (waiting) waiting.push(then);
  else then();
}
