/** Rooms' pictures. */
import * as z from "zod";
import { pictureBody } from "../../../protocol/small_pictures.ts";
import { NO_ROOM, ROOM } from "./rooms.ts";
import type { ApiOperation } from "../operation.ts";
import { DOT, HOW_SENT } from "./avatars.ts";

const REFUSALS = {
  forbidden: "You do not run this room; or it is a direct one.",
  not_found: NO_ROOM,
} as const;

export const ROOM_PICTURES: readonly ApiOperation[] = [
  {
    id: "setRoomPicture",
    command: "setRoomPicture",
    tag: "rooms",
    method: "PUT",
    path: "/api/rooms/:id/picture",
    from: "caller",
    summary: "Set a room's picture",
    description: `For the room's owner, and the server's owner and admins. ${HOW_SENT}`,
    parameters: { id: ROOM },
    body: {
      schema: pictureBody,
      examples: { dot: { summary: "One pixel", value: { data: DOT } } },
    },
    answers: {
      200: {
        description: "Its address, as members see it now.",
        schema: z.object({ picture: z.string() }),
        examples: {
          room: { summary: "The room's", value: { picture: "/rooms/2/picture/0123456789abcdef" } },
        },
      },
    },
    refusals: REFUSALS,
  },
  {
    id: "removeRoomPicture",
    command: "removeRoomPicture",
    tag: "rooms",
    method: "DELETE",
    path: "/api/rooms/:id/picture",
    from: "caller",
    summary: "Remove a room's picture",
    parameters: { id: ROOM },
    answers: { 204: { description: "There is none." } },
    refusals: REFUSALS,
  },
];
