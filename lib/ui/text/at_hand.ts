/**
 * What shows markup: on the server, and in tests, it is at hand. The browser's build puts
 * `on_demand.ts` in place of this file.
 */
import * as formatting from "./formatting.ts";

export type Formatting = typeof formatting;

/** Null where it has to be loaded. */
export function formattingAtHand(): Formatting | null {
  return formatting;
}

export function loadFormatting(): Promise<Formatting> {
  return Promise.resolve(formatting);
}
