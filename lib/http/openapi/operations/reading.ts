/** The requests about what was read: see `operation.ts`. */
import type { CommandResult as Result } from "../../../chat/chat.ts";
import * as z from "zod";
import { MORNING } from "../examples.ts";
import { id, of, seq, time } from "../objects/base.ts";
import type { ApiOperation } from "../operation.ts";
import { NO_ROOM, ROOM } from "./rooms.ts";

const NOT_JOINED = "You have not joined this public room.";

const seenMarks = of<Result<"listSeen">>()(z.object({
  seen: z.array(z.object({
    userId: id,
    seq: seq.meta({ description: "They have seen everything up to here." }),
    at: time.nullable().meta({ description: "When they got there; `null` if that is not known." }),
  })),
}));

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
    id: "listSeen",
    command: "listSeen",
    tag: "reading",
    method: "GET",
    path: "/api/rooms/:id/seen",
    from: "caller",
    summary: "Who has seen a direct message",
    description:
      "How far the others of a direct room have seen it, and when they got there. From " +
      "then on, `seen` events say so.",
    parameters: { id: ROOM },
    answers: {
      200: {
        description: "The others.",
        schema: seenMarks,
        examples: {
          bob: {
            summary: "Of a room of two",
            value: { seen: [{ userId: 2, seq: 1, at: MORNING }] },
          },
        },
      },
    },
    refusals: { forbidden: "This is no direct room.", not_found: NO_ROOM },
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
