/**
 * One's own second factor, loaded for the first who has one. What counts guesses at codes is there
 * from the start: other nodes tell of theirs.
 */
import { atFirstUse } from "../protocol/first_use.ts";
import { createCodeGuesses } from "./code_guesses.ts";
import type { FactorOptions, Factors } from "./factors.ts";
import type { Throttle, ThrottleOptions } from "./throttle.ts";

export function laterFactors(
  options:
    & Omit<FactorOptions, "failures" | "guessCode" | "ownPassword" | "signingIn" | "throttle">
    & ThrottleOptions,
  { signingIn, ownPassword }: Pick<FactorOptions, "ownPassword" | "signingIn">,
  throttle: Throttle,
  failures: FactorOptions["failures"],
): () => Promise<Factors> {
  const guessCode = createCodeGuesses(options);
  return atFirstUse(async () => {
    const { Factors } = await import("./factors.ts");
    return new Factors({ ...options, signingIn, ownPassword, throttle, guessCode, failures });
  });
}
