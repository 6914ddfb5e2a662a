/**
 * Rooms: those in a member's list and those that are not, browsing, making, renaming.
 * Schemas for the server; the browser imports the types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import { LIMITS } from "./limits.ts";
import type { Membership } from "./members.ts";
import type { Timestamp } from "./time.ts";

export type RoomKind = "public" | "private" | "direct";

export interface Room {
  id: number;
  kind: RoomKind;
  /** `null` for direct rooms: they are called after the people in them. */
  name: string | null;
  topic: string;
  /** The counter that every change in the room raises by exactly 1. */
  head: number;
  createdBy: number;
  createdAt: Timestamp;
  archived: boolean;
  memberCount: number;
  /** Of a direct room alone: the ids of the people in it, by whom it is called. */
  users?: number[];
  /** Of a direct room alone: it was made for three or more, and can be left. */
  group?: true;
}

/** A room as one of its members sees it. */
export interface MemberRoom extends Room {
  membership: Membership;
}

/** The rooms of a member that are not in the list. */
export interface HiddenRooms {
  /** Counted up to `HIDDEN_COUNT`. */
  rooms: number;
  /** Whether something in them is unread. */
  unread: boolean;
}

export const listRooms = field.nothing;
export const browseRooms = field.object(() => ({ q: field.search }));
export const getRoom = field.inRoom;

/** A page of the rooms that are not in the list. */
const hiddenPage = (written: field.Written) => ({
  q: field.search.optional(),
  /** The page after the one whose `next` this was. */
  before: written(field.id).optional(),
  limit: written(field.pageSize(LIMITS.pageMax)).optional(),
});

export const listHiddenRooms = field.object(() => hiddenPage(field.asNumber));

/** `GET /api/rooms` lists the caller's, those to join, or the hidden ones. */
export const roomsQuery = field.object(() => ({
  scope: z.enum(["mine", "public", "hidden"]).optional(),
  ...hiddenPage(field.asDigits),
}));

export const createRoom = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.enum(["public", "private"]),
      name: field.roomName,
      topic: field.topic.optional(),
    }),
    z.strictObject({
      kind: z.literal("direct"),
      users: field.directUsers,
    }),
  ])
);

export const updateRoom = field.object(() => ({
  room: field.id,
  name: field.roomName.optional(),
  topic: field.topic.optional(),
  archived: z.boolean().optional(),
}));
