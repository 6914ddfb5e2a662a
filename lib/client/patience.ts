/**
 * Every wait is bounded: a browser database that neither answers nor fails, or a server on a dead
 * connection, must not block people. It must not know what is waited for.
 */
import type { Clock } from "./environment.ts";

/** How long the browser's storage and locks may take, in milliseconds. */
export const BROWSER_PATIENCE = 4_000;

/** The answer, or `silent` if it did not come in time. Passes failures on. */
export function within<T>(
  clock: Pick<Clock, "setTimeout" | "clearTimeout">,
  answer: Promise<T>,
  milliseconds: number = BROWSER_PATIENCE,
): Promise<T | "silent"> {
  return new Promise((resolve, reject) => {
    const timer = clock.setTimeout(() => resolve("silent"), milliseconds);
    answer.then(resolve, reject).finally(() => clock.clearTimeout(timer));
  });
}
