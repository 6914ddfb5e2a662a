/**
 * A member's room list, which is bounded, and their rooms that are not in it. Schemas for the
 * server; the browser imports the types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import { LIMITS } from "./limits.ts";

/** The rooms of a member that are not in the list. */
export interface HiddenRooms {
  /** Counted up to `HIDDEN_COUNT`. */
  rooms: number;
  /** Whether something in them is unread. */
  unread: boolean;
}

export const listRooms = field.nothing;

/** A page of the rooms that are not in the list. */
const hiddenPage = (written: field.NumberForm) => ({
  q: field.search.optional(),
  /** The `next` of the previous page. */
  before: written(field.id).optional(),
  limit: written(field.pageSize(LIMITS.pageMax)).optional(),
});

export const listHiddenRooms = field.object(() => hiddenPage(field.asNumber));

/** `GET /api/rooms` lists the caller's rooms, rooms to join, or hidden rooms. */
export const roomsQuery = field.object(() => ({
  scope: z.enum(["mine", "public", "hidden"]).optional(),
  ...hiddenPage(field.asDigits),
}));
