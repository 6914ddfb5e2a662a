/**
 * How long to wait before trying again. Full jitter spreads the clients of a server that went
 * down over the whole interval (AWS Architecture Blog, "Exponential Backoff And Jitter", 2015).
 */
import { RequestError } from "./request_error.ts";

/** The longest wait before the first retry, in milliseconds; doubles with each retry. */
export const FIRST_RETRY = 500;
/** The longest any retry waits, in milliseconds. */
export const LONGEST_RETRY = 30_000;
/** A server may ask for a longer wait, but not longer than this. */
const LONGEST_BYE = 60_000;

/**
 * Milliseconds to wait before try `attempt` (0 is the first); `random` is at least 0 and less than
 * 1.
 */
export function backoffDelay(attempt: number, random: number): number {
  return random * Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** attempt);
}

/** Milliseconds to wait before reconnecting to a server that said `bye` with this `retryAfter`. */
export function byeDelay(retryAfter: number, random: number): number {
  const wait = Math.min(Math.max(retryAfter, 0), LONGEST_BYE);
  return wait + random * Math.min(LONGEST_RETRY, Math.max(FIRST_RETRY, wait));
}

/**
 * Milliseconds to wait before repeating a request: no sooner than the server asked for.
 * @param random 0: a first retry that no other client makes at the same time
 */
export function retryDelay(error: unknown, attempt = 0, random = 0): number {
  const asked = error instanceof RequestError ? error.retryAfter ?? 0 : 0;
  return FIRST_RETRY + Math.max(asked, backoffDelay(attempt, random));
}
