/** The requests that read messages: see `operation.ts`. */
import { LIMITS } from "../../../protocol/limits.ts";
import { historyQuery } from "../../../protocol/history.ts";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import type { Operation } from "../operation.ts";
import { NO_ROOM, ROOM } from "./rooms.ts";

const NOT_JOINED = "One has not joined this public room.";

export const HISTORY: Operation[] = [
  {
    id: "history",
    command: "history",
    tag: "history",
    method: "GET",
    path: "/api/rooms/:id/messages",
    from: "caller",
    summary: "Read a page of messages",
    description: "The newest, unless `before`, `after` or `around` says where; at most one of " +
      "them. The next older page: `before` the first message's `seq`, while `hasBefore`.",
    parameters: { id: ROOM },
    query: {
      schema: historyQuery,
      notes: {
        before: "Messages before this `seq`.",
        after: "Messages after this `seq`.",
        around: "Messages around this `seq`; `unread`: around the first that is not read.",
        limit: `How many; ${LIMITS.pageDefault} unless told.`,
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
    },
    refusals: { forbidden: NOT_JOINED, not_found: NO_ROOM },
  },
];
