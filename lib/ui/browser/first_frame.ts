/**
 * When the page can be seen. What makes it live waits for that: it would hold up the first frame, and
 * with it the asking for pictures that are in sight.
 */

/** So long at most (ms): a window that is hidden, or behind others, may paint nothing for hours. */
const PATIENCE = 250;

/** Runs the task once the browser has had its chance to paint, in a task of its own. */
export function afterFirstFrame(task: () => void): void {
  if (document.visibilityState === "hidden") return void setTimeout(task);
  let isDue = true;
  const run = () => {
    if (isDue) task();
    isDue = false;
  };
  requestAnimationFrame(() => setTimeout(run));
  setTimeout(run, PATIENCE);
}
