/** The requests that write messages: see `operation.ts`. */
import { LIMITS } from "../../../protocol/limits.ts";
import * as z from "zod";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import type { ApiOperation, Parameter } from "../operation.ts";
import { NO_ROOM, ROOM } from "./rooms.ts";

export const MESSAGE: Parameter = {
  schema: object.id,
  field: "message",
  description: "The message.",
  example: 1,
};
const EMOJI: Parameter = {
  schema: z.string(),
  field: "emoji",
  description: "One emoji of Unicode's RGI set, percent-encoded; ❤ and ❤️ are one. Or a custom " +
    "one as `:name:`.",
  example: "👍",
};
export const NO_MESSAGE = "There is no such message, or its room is hidden from the caller.";
const NOT_A_WRITER = "You have not joined the room; or it is archived.";

const { text, clientId } = example.message;

const REACTION = {
  command: "react",
  tag: "messages",
  path: "/api/messages/:id/reactions/:emoji",
  from: "caller",
  parameters: { id: MESSAGE, emoji: EMOJI },
} satisfies Partial<ApiOperation>;

export const MESSAGES: ApiOperation[] = [
  {
    id: "sendMessage",
    command: "sendMessage",
    tag: "messages",
    method: "POST",
    path: "/api/rooms/:id/messages",
    from: "caller",
    summary: "Send a message",
    description:
      "Answers when the message is on the disk. With a `clientId`, you can send it again " +
      "until it is answered; it is stored once.",
    parameters: { id: ROOM },
    body: {
      optional: ["clientId"],
      examples: {
        named: { summary: "With a `clientId`", value: { clientId, text } },
        short: { summary: "Only the text", value: { text: "Hello!" } },
        reply: {
          summary: "A reply, for its thread alone",
          value: { text: "Hello, all!", replyTo: 1, threadOnly: true },
        },
      },
    },
    answers: {
      200: {
        description: "The message, which was stored before.",
        schema: object.message,
        examples: { again: { summary: "Sent again", value: example.message } },
      },
      201: {
        description: "The new message.",
        schema: object.message,
        examples: { new: { summary: "New", value: example.message } },
      },
    },
    refusals: {
      forbidden: NOT_A_WRITER,
      not_found: NO_ROOM,
      conflict: "Another message was sent with this `clientId` before.",
    },
  },
  {
    id: "editMessage",
    command: "editMessage",
    tag: "messages",
    method: "PATCH",
    path: "/api/messages/:id",
    from: "caller",
    summary: "Edit a message",
    description: "For its author only.",
    parameters: { id: MESSAGE },
    body: {
      examples: { later: { summary: "A day later", value: { text: example.edited.text } } },
    },
    answers: {
      200: {
        description: "The message, after the change.",
        schema: object.message,
        examples: { edited: { summary: "Edited", value: example.edited } },
      },
    },
    refusals: {
      forbidden: "You are not its author, or may no longer write in the room.",
      not_found: NO_MESSAGE,
    },
  },
  {
    id: "deleteMessage",
    command: "deleteMessage",
    tag: "messages",
    method: "DELETE",
    path: "/api/messages/:id",
    from: "caller",
    summary: "Delete a message",
    description:
      "For its author, the room's owner, and the server's owner and admins. The message " +
      "keeps its place, empty.",
    parameters: { id: MESSAGE },
    answers: { 204: { description: "It is deleted, or already was." } },
    refusals: {
      forbidden: "You may not delete this message.",
      not_found: NO_MESSAGE,
    },
  },
  {
    ...REACTION,
    id: "addReaction",
    method: "PUT",
    summary: "React to a message",
    answers: { 204: { description: "Your reaction is there." } },
    refusals: {
      invalid:
        `This is not one emoji; or the message already has ${LIMITS.reactions} different ones.`,
      forbidden: NOT_A_WRITER,
      not_found: NO_MESSAGE,
    },
  },
  {
    ...REACTION,
    id: "removeReaction",
    method: "DELETE",
    summary: "Remove your reaction",
    answers: { 204: { description: "Your reaction is gone, or was not there." } },
    refusals: {
      invalid: "This is not one emoji.",
      forbidden: NOT_A_WRITER,
      not_found: NO_MESSAGE,
    },
  },
];
