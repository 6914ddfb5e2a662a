/**
 * Names in sentences. Where markup cannot isolate them (titles, labels, sentences of the
 * catalogue), Unicode's isolates do, so that a Hebrew name does not turn the words and numbers
 * around it. In elements the same is `parts/Name.tsx` and `dir="auto"`. Pure.
 */

/** Letters that are written from right to left, and what makes others be written so. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE, where the text could turn what is around
 * it. Any other stays as it is: our languages are written from left to right, and a label is
 * searched for by what it says.
 */
export function isolate(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}

/** The same words, whose functions isolate each text that they are given. */
export function isolating<Words extends object>(words: Words): Words {
  const isolated = Object.entries(words).map(([key, value]) => [key, isolatingValue(value)]);
  return Object.fromEntries(isolated) as Words; // the same keys, the same kinds of values
}

function isolatingValue(value: unknown): unknown {
  if (typeof value === "function") {
    return (...given: unknown[]) => value(...given.map(isolateGiven));
  }
  const group = typeof value === "object" && value !== null && !Array.isArray(value);
  return group ? isolating(value) : value;
}

function isolateGiven(given: unknown): unknown {
  if (typeof given === "string") return isolate(given);
  return Array.isArray(given) ? given.map(isolateGiven) : given;
}
