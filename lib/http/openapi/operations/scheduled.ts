/** The requests about messages that are sent at a time to come: see `operation.ts`. */
import { LIMITS } from "../../../protocol/limits.ts";
import { cancelQuery, type Scheduled } from "../../../protocol/scheduled.ts";
import * as example from "../examples.ts";
import * as later from "../objects/later.ts";
import * as object from "../objects.ts";
import type { ApiOperation, Parameter } from "../operation.ts";
import { NO_ROOM, ROOM } from "./rooms.ts";

const SCHEDULED_ONE: Parameter = {
  schema: object.id,
  field: "scheduled",
  description: "The message that waits.",
  example: 1,
};
const NOT_THERE = "You have no such message that waits: it may have been sent.";

/** In the year 2100: the example's time is to come for as long as there is this server. */
export const FAR = 4_102_444_800_000;
const scheduled: Scheduled = {
  id: 1,
  room: 2,
  text: "Happy new century!",
  replyTo: null,
  files: [],
  at: FAR,
  clientId: "happy-new-century-1",
  createdAt: example.MORNING,
  failed: null,
};
const changed: Scheduled = { ...scheduled, text: "Happy new century, all!" };
const { text, at } = scheduled;

export const SCHEDULED: ApiOperation[] = [
  {
    id: "scheduleMessage",
    command: "scheduleMessage",
    tag: "later",
    method: "POST",
    path: "/api/rooms/:id/scheduled",
    from: "caller",
    summary: "Send a message at a time to come",
    description:
      "It is sent once, by every rule for sending, in the order of the times in its room; also " +
      "when the server was away at that time: as soon as it is back. Where you may not write any " +
      "more by then it is kept, with the reason in `failed`. `at` is in milliseconds since the " +
      "epoch.",
    parameters: { id: ROOM },
    body: {
      optional: ["clientId"],
      examples: { once: { summary: "At a time", value: { text, at } } },
    },
    answers: {
      200: {
        description: "What waits, which was scheduled before with this `clientId`.",
        schema: later.scheduled,
        examples: { again: { summary: "Asked again", value: scheduled } },
      },
      201: {
        description: "What waits.",
        schema: later.scheduled,
        examples: { new: { summary: "New", value: scheduled } },
      },
    },
    refusals: {
      invalid: `The time is past; or ${LIMITS.scheduled} messages of yours wait.`,
      forbidden: "You have not joined the room; or it is archived.",
      not_found: NO_ROOM,
      conflict: "Something else was scheduled, or sent, with this `clientId`.",
    },
  },
  {
    id: "listScheduled",
    command: "listScheduled",
    tag: "later",
    method: "GET",
    path: "/api/me/scheduled",
    from: "caller",
    summary: "List your messages that wait to be sent",
    description: "With those that could not be sent. The next one first.",
    answers: {
      200: {
        description: "All of them.",
        schema: later.scheduledList,
        examples: { one: { summary: "One", value: { scheduled: [scheduled] } } },
      },
    },
  },
  {
    id: "changeScheduled",
    command: "changeScheduled",
    tag: "later",
    method: "PATCH",
    path: "/api/scheduled/:id",
    from: "caller",
    summary: "Change a message that waits",
    description: "One that could not be sent waits again when it gets a new time.",
    parameters: { id: SCHEDULED_ONE },
    body: {
      examples: {
        text: { summary: "Another text", value: { text: changed.text } },
      },
    },
    answers: {
      200: {
        description: "What waits, after the change.",
        schema: later.scheduled,
        examples: { changed: { summary: "Changed", value: changed } },
      },
    },
    refusals: { invalid: "The time is past.", not_found: NOT_THERE },
  },
  {
    id: "cancelScheduled",
    command: "cancelScheduled",
    tag: "later",
    method: "DELETE",
    path: "/api/scheduled/:id",
    from: "caller",
    summary: "Take back a message that waits",
    description:
      "Its files are deleted with it, unless they are kept for another message: then they " +
      "are as if they had just been uploaded.",
    parameters: { id: SCHEDULED_ONE },
    query: {
      schema: cancelQuery,
      notes: { files: "`keep`: its files can be sent with another message." },
      examples: ["files=keep"],
    },
    answers: { 204: { description: "It is not sent." } },
    refusals: { not_found: NOT_THERE },
  },
  {
    id: "sendScheduled",
    command: "sendScheduled",
    tag: "later",
    method: "POST",
    path: "/api/scheduled/:id/send",
    from: "caller",
    summary: "Send a message that waits, now",
    parameters: { id: SCHEDULED_ONE },
    answers: {
      201: {
        description: "The message.",
        schema: object.message,
        examples: { sent: { summary: "Sent", value: example.message } },
      },
    },
    refusals: {
      invalid: "Its text is longer than staff allow now.",
      forbidden: "You may no longer write in the room.",
      conflict: "Another message was sent with its `clientId` before.",
      not_found: NOT_THERE,
    },
  },
];
