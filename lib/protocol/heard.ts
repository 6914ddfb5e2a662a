/** Which voice messages were heard: one's own mark, which in a direct room their author may know. */
import * as z from "zod";
import * as field from "./fields.ts";

/** How many are asked for at once. */
export const HEARD_ASKED = 100;

export interface HeardList {
  /**
   * Of the messages that were asked for: others' that the caller has heard, and the caller's own of
   * direct rooms that somebody else has.
   */
  heard: number[];
}

export const hearMessage = field.object(() => ({ message: field.id }));

export const listHeard = field.object(() => ({
  messages: z.array(field.id).min(1).max(HEARD_ASKED),
}));

/** Of `GET /api/me/heard`: `messages=1,2,3`. */
export const heardQuery = field.object(() => ({ messages: field.idsInQuery(HEARD_ASKED) }));
