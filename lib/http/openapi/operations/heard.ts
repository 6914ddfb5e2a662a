/** The requests of voice messages that were heard: see `operation.ts`. */
import * as z from "zod";
import type { CommandResult as Result } from "../../../chat/chat.ts";
import { HEARD_ASKED, heardQuery } from "../../../protocol/heard.ts";
import { id, of } from "../objects/base.ts";
import type { ApiOperation } from "../operation.ts";
import { MESSAGE, NO_MESSAGE } from "./messages.ts";

const heardList = of<Result<"listHeard">>()(z.object({ heard: z.array(id) }));

export const HEARD: ApiOperation[] = [
  {
    id: "hearMessage",
    command: "hearMessage",
    tag: "reading",
    method: "PUT",
    path: "/api/messages/:id/heard",
    from: "caller",
    summary: "Mark a voice message as heard",
    description:
      "On all your devices; in a direct room its author learns of it. Your own message " +
      "and one without a voice stay as they are.",
    parameters: { id: MESSAGE },
    answers: { 204: { description: "It is heard, or already was." } },
    refusals: { forbidden: "It was deleted.", not_found: NO_MESSAGE },
  },
  {
    id: "listHeard",
    command: "listHeard",
    tag: "reading",
    method: "GET",
    path: "/api/me/heard",
    from: "caller",
    summary: "Which voice messages were heard",
    description: "Of these messages: others' that you have heard, and your own of direct rooms " +
      "that somebody else has. From then on, `heard` events say so.",
    query: {
      schema: heardQuery,
      notes: { messages: `Ids, with commas between them; at most ${HEARD_ASKED}.` },
      examples: ["messages=1,2"],
    },
    answers: {
      200: {
        description: "Those that were heard.",
        schema: heardList,
        examples: { one: { summary: "One", value: { heard: [1] } } },
      },
    },
  },
];
