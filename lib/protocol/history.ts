/** Pages of a room's history. Schemas for the server; the browser imports the types only. */
import * as z from "zod";
import * as field from "./fields.ts";
import { LIMITS } from "./limits.ts";
import type { Message } from "./messages.ts";
import type { Room } from "./rooms.ts";

export interface HistoryPage {
  /** Ascending by `seq`. */
  messages: Message[];
  head: number;
  hasBefore: boolean;
  hasAfter: boolean;
}

/** What somebody sees of a room before joining it: its last messages. */
export interface RoomPreview {
  room: Room;
  /** Ascending by `seq`. */
  messages: Message[];
}

export const previewRoom = field.inRoom;

const page = (written: field.NumberForm) => ({
  before: written(field.seq).optional(),
  after: written(field.seq).optional(),
  around: z.union([z.literal("unread"), written(field.seq)]).optional(),
  limit: written(field.pageSize(LIMITS.pageMax)).optional(),
});

function isOnePlace(place: { before?: unknown; after?: unknown; around?: unknown }): boolean {
  const { before, after, around } = place;
  return [before, after, around].filter((value) => value !== undefined).length <= 1;
}

const SEVERAL_PLACES = "before, after and around exclude each other";

export const history = z.lazy(() =>
  z.strictObject({ room: field.id, ...page(field.asNumber) }).refine(isOnePlace, SEVERAL_PLACES)
);

/** Of `GET /api/rooms/:id/messages`. */
export const historyQuery = z.lazy(() =>
  z.strictObject(page(field.asDigits)).refine(isOnePlace, SEVERAL_PLACES)
);
