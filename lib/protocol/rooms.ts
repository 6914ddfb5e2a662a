/**
 * Rooms: browsing, creating, renaming. `listing.ts` says which are in a user's list. Schemas for
 * the server; the browser imports the types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import type { Membership } from "./members.ts";
import type { Timestamp } from "./time.ts";

export type RoomKind = "public" | "private" | "direct";

export interface Room {
  id: number;
  kind: RoomKind;
  /** `null` for direct rooms: they are named after the people in them. */
  name: string | null;
  topic: string;
  /** The counter that every change in the room raises by exactly 1. */
  head: number;
  createdBy: number;
  createdAt: Timestamp;
  archived: boolean;
  memberCount: number;
  /** The address of its picture, where it has one. */
  picture?: string;
  /** Only of a direct room: the ids of its people, after whom it is named. */
  users?: number[];
  /** Only of a direct room: it was created for three or more people, and can be left. */
  group?: true;
}

/** A room as one of its members sees it. */
export interface MemberRoom extends Room {
  membership: Membership;
}

export const browseRooms = field.object(() => ({ q: field.search }));
export const getRoom = field.inRoom;

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
