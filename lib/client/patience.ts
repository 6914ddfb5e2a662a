/**
 * Every wait has an end: a database of the browser that neither answers nor fails, or a server on a
 * dead line, must not hold up what people do. It must not know what is waited for.
 */
import type { Clock } from "./environment.ts";

/** How long the browser may take for anything it keeps or grants, in milliseconds. */
export const BROWSER_PATIENCE = 4_000;

/** The answer, or `silent` where it did not come in time. Passes a failure on. */
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
