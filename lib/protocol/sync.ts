/**
 * Catching up: what changed in a room since a revision.
 * Schemas for the server; the browser imports the types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import { LIMITS } from "./limits.ts";
import type { Message } from "./messages.ts";

/** What `GET /api/rooms/:id/changes` answers, and `sync` for each room. */
export interface Changes {
  messages: Message[];
  head: number;
  /** There are more: ask again from the `rev` of the last message. */
  more: boolean;
  /** Too far behind, or ahead of the server: drop the room's cache, load the newest page. */
  reset: boolean;
}

/** What a connection and a page start with. `once`: nobody is about to ask for the same again. */
export const snapshot = field.object(() => ({ once: z.boolean().optional() }));

export const changes = field.object(() => ({ room: field.id, since: field.seq }));

/** Of `GET /api/rooms/:id/changes`. */
export const changesQuery = field.object(() => ({ since: field.asDigits(field.seq) }));

/**
 * `{"ID": REV}`. JSON.parse makes `__proto__` an own key, which a record schema ignores. Rooms are
 * counted before they are checked: each wrong one would be a separate error.
 */
const revisions = z.lazy(() =>
  z.custom<Record<string, number>>(
    (value) => typeof value === "object" && value !== null && !Object.hasOwn(value, "__proto__"),
    { message: "must be an object of room ids", abort: true },
  ).refine(
    (rooms) => Object.keys(rooms).length <= LIMITS.syncRooms,
    `must name at most ${LIMITS.syncRooms} rooms`,
  ).pipe(z.record(z.string().regex(/^[1-9]\d{0,15}$/, "must be a room id"), field.seq))
);

/** Asks for the changes of several rooms at once, over the WebSocket. */
export const sync = field.object(() => ({ rooms: revisions }));
