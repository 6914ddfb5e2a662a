/**
 * How often somebody may guess at the codes of an account's second factor. Whoever gets here knows
 * its password already: a ticket allows five tries, but they may ask for any number of tickets. Of
 * a million codes three are right at a time, so that strangers, 96 guesses a day after the first 20,
 * need six years for an even chance. Places where the account is signed in are counted separately:
 * strangers cannot keep its owner out. It must not know codes.
 */
import { ConfabError } from "../errors.ts";
import { limitsOfOneNode } from "../limits/allowance.ts";
import type { Limit } from "../limits/limit.ts";
import { addressBlock } from "./address.ts";
import type { Client } from "./sessions.ts";
import type { Attempt, KnownPlace, ThrottleOptions } from "./throttle.ts";

const MINUTE = 60_000;

/** Throws `rate_limited` with `retryAfter`. `places`: where the account is signed in. */
export type GuessCode = (
  userId: number,
  client: Client,
  places: readonly KnownPlace[],
) => Attempt;

export function createCodeGuesses(
  { authRate, ticks, makeLimit = limitsOfOneNode(ticks) }: ThrottleOptions,
): GuessCode {
  if (authRate <= 0) return () => ({ known: false, succeeded() {}, cancelled() {} });
  const known = makeLimit<string>("codes known", { burst: 10, every: 5 * MINUTE, share: 1 });
  const strange = makeLimit<string>("codes", { burst: 20, every: 15 * MINUTE, share: 1 });
  return (userId, client, places) => {
    const block = addressBlock(client.address);
    const isKnown = places.some(({ address }) => addressBlock(address) === block);
    return isKnown ? taken(known, `${userId}\n${block}`, true) : taken(strange, `${userId}`, false);
  };
}

/** Counts first: a thousand guesses at once count as a thousand. */
function taken(limit: Limit<string>, key: string, known: boolean): Attempt {
  const retryAfter = limit.spend(key);
  if (retryAfter > 0) {
    throw new ConfabError("rate_limited", "Too many wrong codes. Wait a little, then try again.", {
      retryAfter,
    });
  }
  const giveBack = () => limit.giveBack(key);
  return { known, succeeded: giveBack, cancelled: giveBack };
}
