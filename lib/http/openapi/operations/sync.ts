/** The request for what has changed: see `operation.ts`. */
import { LIMITS } from "../../../protocol/limits.ts";
import { changesQuery } from "../../../protocol/sync.ts";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import type { ApiOperation } from "../operation.ts";
import { NO_ROOM, ROOM } from "./rooms.ts";

export const SYNC: ApiOperation[] = [
  {
    id: "changes",
    command: "changes",
    tag: "sync",
    method: "GET",
    path: "/api/rooms/:id/changes",
    from: "caller",
    summary: "What has changed since",
    description:
      "Every message whose `rev` is greater, in its latest state: new, edited, deleted, " +
      "reacted to. The command `sync` gives the same over the WebSocket.",
    parameters: { id: ROOM },
    query: {
      schema: changesQuery,
      notes: { since: "The `head` up to which you know the room; 0 if you know nothing." },
      examples: ["since=0"],
    },
    answers: {
      200: {
        description: `At most ${LIMITS.changesPage} messages.`,
        schema: object.changes,
        examples: {
          one: {
            summary: "One message",
            value: { messages: [example.edited], head: 2, more: false, reset: false },
          },
        },
      },
    },
    refusals: { forbidden: "You have not joined this public room.", not_found: NO_ROOM },
  },
];
