/** What can wait until the browser has nothing else to do. */

/** The answer takes it back. Safari knows no idle time. */
export function whenIdle(task: () => void): () => void {
  if (!("requestIdleCallback" in globalThis)) {
    const timer = setTimeout(task, 500);
    return () => clearTimeout(timer);
  }
  const asked = requestIdleCallback(task, { timeout: 5_000 });
  return () => cancelIdleCallback(asked);
}
