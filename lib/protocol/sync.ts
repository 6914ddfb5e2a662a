/**
 * Catching up: what changed in a room since a revision.
 * Schemas for the server; the browser imports the types only.
 */
import * as field from "./fields.ts";
import type { Message } from "./messages.ts";

/** What `GET /api/rooms/:id/changes` answers, and `sync` for each room. */
export interface Changes {
  messages: Message[];
  head: number;
  /** There is more: ask again from the `rev` of the last message. */
  more: boolean;
  /** Too far behind, or ahead of the server: drop the room's cache, load the newest page. */
  reset: boolean;
}

export const changesQuery = field.object(() => ({ since: field.number.pipe(field.seq) }));
