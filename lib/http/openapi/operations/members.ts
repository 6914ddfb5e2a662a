/** The requests about the members of a room: see `operation.ts`. */
import * as z from "zod";
import { MEMBERS_PAGE } from "../../../protocol/limits.ts";
import { membersQuery } from "../../../protocol/members.ts";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import type { ApiOperation, Parameter } from "../operation.ts";
import { NO_ROOM, ROOM } from "./rooms.ts";

const WHO: Parameter = {
  schema: object.id,
  field: "userId",
  description: "The person; your own id too.",
  example: 2,
};

export const MEMBERS: ApiOperation[] = [
  {
    id: "listMembers",
    command: "listMembers",
    tag: "members",
    method: "GET",
    path: "/api/rooms/:id/members",
    from: "caller",
    summary: "Who is in a room",
    description: "All, by username; with `limit` or `after`, a page of them, by id, with their " +
      "presence.",
    parameters: { id: ROOM },
    query: {
      schema: membersQuery,
      notes: {
        limit: `How many; ${MEMBERS_PAGE} by default.`,
        after: "The `next` of the previous page.",
      },
      examples: ["", "limit=100"],
    },
    answers: {
      200: {
        description: "The members.",
        schema: z.union([object.membersPage, object.members]),
        examples: {
          all: { summary: "All", value: { members: [example.member] } },
          page: {
            summary: "A page",
            value: { members: [example.member], presence: { "2": "online" }, next: null },
          },
        },
      },
    },
    refusals: { forbidden: "You have not joined this public room.", not_found: NO_ROOM },
  },
  {
    id: "addMember",
    command: "addMember",
    tag: "members",
    method: "PUT",
    path: "/api/rooms/:id/members/:userId",
    from: "caller",
    summary: "Join a room, or add somebody",
    description: "With your own id, joins a public room. Nothing changes for an existing member.",
    parameters: { id: ROOM, userId: WHO },
    answers: { 204: { description: "They are a member." } },
    refusals: {
      forbidden:
        "The room is archived or direct; or you are a guest, and guests cannot add people.",
      not_found: "There is no such room or person, or the room is hidden from the caller.",
    },
  },
  {
    id: "removeMember",
    command: "removeMember",
    tag: "members",
    method: "DELETE",
    path: "/api/rooms/:id/members/:userId",
    from: "caller",
    summary: "Leave a room, or remove somebody",
    description: "With your own id, leaves. Removing others is for the room's owner, and the " +
      "server's owner and admins.",
    parameters: { id: ROOM, userId: WHO },
    answers: { 204: { description: "They are no longer a member." } },
    refusals: {
      forbidden: "You do not run this room; or a conversation of two cannot be left.",
      not_found: "There is no such room or member, or the room is hidden from the caller.",
    },
  },
  {
    id: "updateMembership",
    command: "updateMembership",
    tag: "members",
    method: "PATCH",
    path: "/api/rooms/:id/membership",
    from: "caller",
    summary: "Set notifications; make a room a favourite; hide a direct room",
    description: "`hidden` takes a direct room out of your list until something happens in it; " +
      "`false` brings a room back.",
    parameters: { id: ROOM },
    body: {
      examples: {
        notify: { summary: "Mentions only", value: { notify: "mentions" } },
        favourite: { summary: "A favourite", value: { favourite: true } },
      },
    },
    answers: {
      200: {
        description: "The membership, after the change.",
        schema: object.membership,
        examples: { own: { summary: "Your own", value: example.membership } },
      },
    },
    refusals: {
      forbidden: "You have not joined the room; or it is not direct, and cannot be hidden.",
      not_found: NO_ROOM,
    },
  },
];
