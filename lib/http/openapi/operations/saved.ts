/** The requests of one's own bookmarks: see `operation.ts`. */
import { LIMITS } from "../../../protocol/limits.ts";
import { savedQuery } from "../../../protocol/saved.ts";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import type { ApiOperation } from "../operation.ts";
import { MESSAGE, NO_MESSAGE } from "./messages.ts";

const SAVE = {
  command: "saveMessage",
  tag: "saved",
  path: "/api/messages/:id/save",
  from: "caller",
  parameters: { id: MESSAGE },
} satisfies Partial<ApiOperation>;

export const SAVED: ApiOperation[] = [
  {
    ...SAVE,
    id: "saveMessage",
    method: "PUT",
    summary: "Save a message",
    description: "Only for you: nobody else learns of it.",
    answers: { 204: { description: "It is saved, or already was." } },
    refusals: {
      invalid: `You have saved ${LIMITS.saved} messages, including those in rooms you left.`,
      forbidden: "It was deleted.",
      not_found: NO_MESSAGE,
    },
  },
  {
    ...SAVE,
    id: "unsaveMessage",
    method: "DELETE",
    summary: "Remove a message from the saved ones",
    answers: { 204: { description: "It is no longer saved, or was not." } },
    refusals: { not_found: `${NO_MESSAGE} (What you saved can always be removed.)` },
  },
  {
    id: "listSaved",
    command: "listSaved",
    tag: "saved",
    method: "GET",
    path: "/api/me/saved",
    from: "caller",
    summary: "Read your saved messages",
    description:
      "Saved last comes first. Leaves out messages you may not read now, in a room you " +
      "left, and deleted ones.",
    query: {
      schema: savedQuery,
      notes: {
        before: "The `next` of the previous page.",
        limit: `How many; ${LIMITS.pageDefault} by default.`,
      },
      examples: ["", "before=1000&limit=20"],
    },
    answers: {
      200: {
        description: "A page.",
        schema: object.savedPage,
        examples: {
          one: { summary: "One", value: { messages: [example.message], next: null } },
        },
      },
    },
  },
];
