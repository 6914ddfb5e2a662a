/**
 * How often somebody may look at links that let in: those that work any number of times, as mail
 * programs do before their readers; one that is dead, or a guess, counts as an attempt.
 */
import { ConfabError } from "../errors.ts";
import type { Client } from "./sessions.ts";
import type { Throttle } from "./throttle.ts";

/** `look` throws `not_found` for what is no link. Throws that, or `rate_limited`. */
export async function countLook<T>(
  throttle: Pick<Throttle, "knock" | "mayKnock">,
  { address }: Client,
  look: () => Promise<T>,
): Promise<T> {
  throttle.mayKnock(address);
  try {
    return await look();
  } catch (error) {
    if (error instanceof ConfabError && error.code === "not_found") throttle.knock(address);
    throw error;
  }
}
