/** Every kind of completion there is. */
import { PEOPLE } from "./people.tsx";
import type { CompletionSource } from "./source.ts";

export const SOURCES: readonly CompletionSource[] = [PEOPLE];
