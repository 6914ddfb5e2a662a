/** The requests of one's own bookmarks: see `operation.ts`. */
import { LIMITS } from "../../../protocol/limits.ts";
import { savedQuery } from "../../../protocol/saved.ts";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import type { Operation } from "../operation.ts";
import { MESSAGE, NO_MESSAGE } from "./messages.ts";

const SAVE = {
  command: "saveMessage",
  tag: "saved",
  path: "/api/messages/:id/save",
  from: "caller",
  parameters: { id: MESSAGE },
} satisfies Partial<Operation>;

export const SAVED: Operation[] = [
  {
    ...SAVE,
    id: "saveMessage",
    method: "PUT",
    summary: "Save a message",
    description: "For oneself: nobody else learns of it.",
    answers: { 204: { description: "It is saved, or was before." } },
    refusals: {
      invalid: `One has saved ${LIMITS.saved} messages, those in rooms that were left among them.`,
      forbidden: "It was deleted.",
      not_found: NO_MESSAGE,
    },
  },
  {
    ...SAVE,
    id: "unsaveMessage",
    method: "DELETE",
    summary: "Take a message out of the saved ones",
    answers: { 204: { description: "It is not saved, or was not." } },
    refusals: { not_found: `${NO_MESSAGE} (What one has saved can be taken out in any case.)` },
  },
  {
    id: "listSaved",
    command: "listSaved",
    tag: "saved",
    method: "GET",
    path: "/api/me/saved",
    from: "caller",
    summary: "Read one's saved messages",
    description:
      "What was saved last comes first. What one may not read just now, in a room that " +
      "was left, is not among them; nor is what was deleted.",
    query: {
      schema: savedQuery,
      notes: {
        before: "The `next` of the page before.",
        limit: `How many; ${LIMITS.pageDefault} unless told.`,
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
