/** The requests that read messages: see `operation.ts`. */
import { LIMITS } from "../../../protocol/limits.ts";
import { historyQuery } from "../../../protocol/history.ts";
import type { CommandResult as Result } from "../../../chat/chat.ts";
import * as z from "zod";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import { of } from "../objects/base.ts";
import type { ApiOperation } from "../operation.ts";
import { NO_ROOM, ROOM } from "./rooms.ts";

const NOT_JOINED = "You have not joined this public room.";

const roomPreview = of<Result<"previewRoom">>()(z.object({
  room: object.room,
  messages: z.array(object.message).meta({ description: "Ascending by `seq`." }),
}));

export const HISTORY: ApiOperation[] = [
  {
    id: "history",
    command: "history",
    tag: "history",
    method: "GET",
    path: "/api/rooms/:id/messages",
    from: "caller",
    summary: "Read a page of messages",
    description:
      "The newest, unless one of `before`, `after` and `around` says otherwise. For the " +
      "next older page, pass the first message's `seq` as `before`, while `hasBefore` is true. " +
      "Where it has an `ETag` (a server of several nodes gives none): with `If-None-Match`, 304 while the page is the same.",
    parameters: { id: ROOM },
    query: {
      schema: historyQuery,
      notes: {
        before: "Messages before this `seq`.",
        after: "Messages after this `seq`.",
        around: "Messages around this `seq`; `unread`: around the first unread one.",
        limit: `How many; ${LIMITS.pageDefault} by default.`,
      },
      examples: ["", "before=2&limit=20", "after=0", "around=unread"],
    },
    answers: {
      200: {
        description: "A page.",
        schema: object.historyPage,
        examples: {
          newest: {
            summary: "The newest",
            value: { messages: [example.message], head: 1, hasBefore: false, hasAfter: false },
          },
        },
      },
      304: { description: "The page is the one that you have." },
    },
    refusals: { forbidden: NOT_JOINED, not_found: NO_ROOM },
  },
  {
    id: "previewRoom",
    command: "previewRoom",
    tag: "history",
    method: "GET",
    path: "/api/rooms/:id/preview",
    from: "caller",
    summary: "Look at a room before joining it",
    description: "The room and its last messages, also of a public room that you have not joined.",
    parameters: { id: ROOM },
    answers: {
      200: {
        description: "The room, and its last messages.",
        schema: roomPreview,
        examples: {
          general: {
            summary: "A public room",
            value: { room: example.general, messages: [example.message] },
          },
        },
      },
    },
    refusals: { not_found: NO_ROOM },
  },
];
