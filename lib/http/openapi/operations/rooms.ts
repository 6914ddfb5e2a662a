/** The requests about rooms: see `operation.ts`. */
import * as z from "zod";
import { roomsQuery } from "../../../protocol/listing.ts";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import type { ApiOperation, Parameter } from "../operation.ts";

export const ROOM: Parameter = {
  schema: object.id,
  field: "room",
  description: "The room.",
  example: 2,
};

/** What any request that names a room may answer. */
export const NO_ROOM = "There is no such room, or it is hidden from the caller.";

export const ROOMS: ApiOperation[] = [
  {
    id: "listRooms",
    command: "listRooms",
    tag: "rooms",
    method: "GET",
    path: "/api/rooms",
    from: "caller",
    summary: "List rooms",
    description:
      "Your own list, which is bounded; with `scope=hidden`, your rooms beyond it, newest " +
      "first, in pages; with `scope=public`, public rooms, at most 100. Where your own list has an `ETag` (not with several nodes, nor while rooms are hidden): with " +
      "`If-None-Match`, 304 while it is the same.",
    query: {
      schema: roomsQuery,
      notes: {
        scope: "Which rooms; `mine` by default.",
        q: "For `public` and `hidden`: rooms whose name contains this.",
        before: "For `hidden`: the `next` of the previous page.",
        limit: "For `hidden`: how many; 50 by default.",
      },
      examples: ["", "scope=public&q=gen", "scope=hidden&limit=20"],
    },
    answers: {
      200: {
        description: "Rooms. `mine`: also how many are hidden; `hidden`: a page of them.",
        schema: z.union([object.roomList, object.hiddenRoomsPage, object.publicRooms]),
        examples: {
          mine: {
            summary: "scope=mine",
            value: { rooms: [example.readingGroup], hidden: { rooms: 0, unread: false } },
          },
          public: { summary: "scope=public", value: { rooms: [example.general] } },
          hidden: { summary: "scope=hidden", value: { rooms: [], next: null } },
        },
      },
      304: { description: "The list is the one that you have." },
    },
    refusals: { forbidden: "Guests cannot browse public rooms." },
  },
  {
    id: "createRoom",
    command: "createRoom",
    tag: "rooms",
    method: "POST",
    path: "/api/rooms",
    from: "caller",
    summary: "Create a room",
    description: "A public or private one with a name; or the direct room of exactly these " +
      "people, which may exist already.",
    body: {
      examples: {
        private: {
          summary: "A private room",
          value: { kind: "private", name: "Reading group", topic: "A book a month" },
        },
        public: { summary: "A public room", value: { kind: "public", name: "Garden" } },
        direct: { summary: "A conversation with Bob", value: { kind: "direct", users: [2] } },
      },
    },
    answers: {
      200: {
        description: "The direct room, which existed already.",
        schema: object.memberRoom,
        examples: { direct: { summary: "With Bob", value: example.withBob } },
      },
      201: {
        description: "The new room.",
        schema: object.memberRoom,
        examples: { private: { summary: "A private room", value: example.readingGroup } },
      },
    },
    refusals: {
      forbidden: "Guests cannot create rooms.",
      not_found: "One of the people does not exist.",
      conflict: "Another public room has this name, or one that looks like it.",
      rate_limited: "You are creating rooms too fast (`CONFAB_ROOM_RATE`).",
    },
  },
  {
    id: "getRoom",
    command: "getRoom",
    tag: "rooms",
    method: "GET",
    path: "/api/rooms/:id",
    from: "caller",
    summary: "Get a room",
    parameters: { id: ROOM },
    answers: {
      200: {
        description: "The room; with `membership` if you are in it.",
        schema: z.union([object.memberRoom, object.room]),
        examples: {
          member: { summary: "As a member", value: example.readingGroup },
          outside: { summary: "From outside", value: example.general },
        },
      },
    },
    refusals: { not_found: NO_ROOM },
  },
  {
    id: "updateRoom",
    command: "updateRoom",
    tag: "rooms",
    method: "PATCH",
    path: "/api/rooms/:id",
    from: "caller",
    summary: "Rename a room, change its topic, archive it",
    description:
      "For the room's owner, and the server's owner and admins. Omitted fields stay as " +
      "they are.",
    parameters: { id: ROOM },
    body: {
      examples: {
        topic: { summary: "A new topic", value: { topic: "A book a month" } },
        name: { summary: "A new name", value: { name: "Reading group" } },
      },
    },
    answers: {
      200: {
        description: "The room, after the change.",
        schema: object.memberRoom,
        examples: { room: { summary: "The room", value: example.readingGroup } },
      },
    },
    refusals: {
      forbidden: "You do not run this room; or it is a direct one.",
      not_found: NO_ROOM,
      conflict: "Another public room has this name, or one that looks like it.",
    },
  },
];
