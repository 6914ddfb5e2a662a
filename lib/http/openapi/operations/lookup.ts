/** Reading messages by their ids: see `operation.ts`. */
import { MESSAGES_ASKED } from "../../../protocol/limits.ts";
import { messagesQuery } from "../../../protocol/lookup.ts";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import type { ApiOperation } from "../operation.ts";

export const LOOKUP: ApiOperation[] = [
  {
    id: "listMessages",
    command: "listMessages",
    tag: "history",
    method: "GET",
    path: "/api/messages",
    from: "caller",
    summary: "Read messages by their ids",
    description: "Leaves out those that are not there, or that you may not read.",
    query: {
      schema: messagesQuery,
      notes: { ids: `At most ${MESSAGES_ASKED}, with commas between them.` },
      examples: ["ids=1", "ids=1,2,3"],
    },
    answers: {
      200: {
        description: "Those of them that you may read, ascending.",
        schema: object.foundMessages,
        examples: { one: { summary: "One", value: { messages: [example.message] } } },
      },
    },
  },
];
