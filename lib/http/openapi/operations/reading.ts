/** The requests about what was read: see `operation.ts`. */
import type { ApiOperation } from "../operation.ts";
import { NO_ROOM, ROOM } from "./rooms.ts";

const NOT_JOINED = "You have not joined this public room.";

export const READING: ApiOperation[] = [
  {
    id: "markRead",
    command: "markRead",
    tag: "reading",
    method: "PUT",
    path: "/api/rooms/:id/read",
    from: "caller",
    summary: "Move the read mark",
    description: "The mark never moves back.",
    parameters: { id: ROOM },
    body: {
      examples: { first: { summary: "The first message", value: { seq: 1 } } },
    },
    answers: { 204: { description: "The mark is there, or further on." } },
    refusals: { forbidden: NOT_JOINED, not_found: NO_ROOM },
  },
  {
    id: "markUnread",
    command: "markUnread",
    tag: "reading",
    method: "PUT",
    path: "/api/rooms/:id/unread",
    from: "caller",
    summary: "Make a message and what follows unread again",
    description: "The mark goes back to just before `seq`, on all your devices; never forward.",
    parameters: { id: ROOM },
    body: {
      examples: { first: { summary: "The first message", value: { seq: 1 } } },
    },
    answers: { 204: { description: "The mark is there, or was before it." } },
    refusals: { forbidden: NOT_JOINED, not_found: NO_ROOM },
  },
  {
    id: "rememberRoom",
    command: "rememberRoom",
    tag: "reading",
    method: "PUT",
    path: "/api/me/room",
    from: "caller",
    summary: "Remember the room opened last",
    description: "The page at `/` opens there next time, on every device.",
    body: {
      examples: { room: { summary: "A room", value: { room: 2 } } },
    },
    answers: { 204: { description: "It is remembered." } },
    refusals: { forbidden: NOT_JOINED, not_found: NO_ROOM },
  },
];
