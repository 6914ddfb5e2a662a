/** The requests about what one has written and not sent: see `operation.ts`. */
import * as z from "zod";
import { dropDraftQuery, type KeptDraft } from "../../../protocol/drafts.ts";
import { KEPT_DRAFTS } from "../../../protocol/limits.ts";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import { of, time } from "../objects/base.ts";
import type { ApiOperation } from "../operation.ts";
import { NO_ROOM, ROOM } from "./rooms.ts";

const { id, clientId, seq, userId, username, text } = example.message;

const draft = of<KeptDraft>()(z.object({
  room: object.id,
  thread: object.id.nullable().meta({ description: "The thread's root." }),
  text: z.string(),
  replyTo: object.id.nullable(),
  target: z.object({
    id: object.id,
    clientId: z.string(),
    seq: z.int(),
    userId: object.id,
    username: z.string(),
    text: z.string(),
  }).nullable().meta({ description: "What it answers, as long as you can read that." }),
  at: time.meta({ description: "When it was written last." }),
}));

const DRAFT = {
  room: 2,
  thread: null,
  text: "I would rather",
  replyTo: id,
  target: { id, clientId, seq, userId, username, text },
  at: example.message.ts,
};

const ONE = {
  tag: "drafts",
  path: "/api/rooms/:id/draft",
  from: "caller",
  parameters: { id: ROOM },
} as const;

export const DRAFTS: ApiOperation[] = [
  {
    ...ONE,
    id: "setDraft",
    command: "setDraft",
    method: "PUT",
    summary: "Keep a draft on all your devices",
    description: "One for each room, and for each thread in it (`thread`: its root, or a reply). " +
      "A blank text takes it away. Your connections hear of it with `draft`.",
    body: {
      examples: {
        room: { summary: "In a room", value: { text: "I would rather", replyTo: 1 } },
        none: { summary: "No draft", value: { text: "" } },
      },
    },
    answers: { 204: { description: "It is kept." } },
    refusals: {
      forbidden: "You have not joined the room.",
      invalid: `It has more than ${KEPT_DRAFTS.text} characters; or you have ` +
        `${KEPT_DRAFTS.count} drafts.`,
      not_found: `${NO_ROOM} Or there is no such thread in it.`,
    },
  },
  {
    ...ONE,
    id: "dropDraft",
    command: "dropDraft",
    method: "DELETE",
    summary: "Take a draft away",
    description: "Also where you cannot read the room any more. A thread is named by `thread`, " +
      "in the query or in a body.",
    query: {
      schema: dropDraftQuery,
      notes: { thread: "Of this thread, and not of the room itself." },
      examples: [],
    },
    answers: { 204: { description: "It is gone, or was not there." } },
    refusals: {
      forbidden: "You have not joined the room, and have no draft there.",
      not_found: `${NO_ROOM} (A draft that you have can always be taken away.)`,
    },
  },
  {
    id: "listDrafts",
    command: "listDrafts",
    tag: "drafts",
    method: "GET",
    path: "/api/drafts",
    from: "caller",
    summary: "List your drafts",
    description: "Written last first.",
    answers: {
      200: {
        description: "All of them.",
        schema: z.object({ drafts: z.array(draft).max(KEPT_DRAFTS.count) }),
        examples: { one: { summary: "One", value: { drafts: [DRAFT] } } },
      },
    },
  },
];
