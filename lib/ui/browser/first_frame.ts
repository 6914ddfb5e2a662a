/**
 * When the page can be seen. What makes it live waits for that: it would hold up the first frame, and
 * with it the asking for pictures that are in sight.
 */

/** So long at most (ms): a window that is hidden, or behind others, may paint nothing for hours. */
const PATIENCE = 500;

/**
 * Runs the task once the browser says that something is seen, in a task of its own. When the page is
 * done with its frame, that is still to be drawn, by others who need the same processors.
 */
export function afterFirstFrame(task: () => void): void {
  if (document.visibilityState === "hidden") return void setTimeout(task);
  let isDue = true;
  const run = () => {
    if (isDue) task();
    isDue = false;
  };
  new PerformanceObserver(() => setTimeout(run)).observe({ type: "paint", buffered: true });
  setTimeout(run, PATIENCE);
}
