/** Every kind of completion there is. */
import { EMOJI } from "./emoji.tsx";
import { PEOPLE } from "./people.tsx";
import { ROOMS } from "./rooms.tsx";
import type { CompletionSource } from "./source.ts";

export const SOURCES: readonly CompletionSource[] = [PEOPLE, ROOMS, EMOJI];
