/**
 * What shows markup, as the browser gets it: with the first text that has some. Stands in place of
 * `at_hand.ts` in the browser's build.
 */
import type { Formatting } from "./at_hand.ts";

export function formattingAtHand(): Formatting | null {
  return null;
}

export async function loadFormatting(): Promise<Formatting> {
  const formatting = await import("./formatting.ts");
  await formatting.dressed(document, "text");
  return formatting;
}
