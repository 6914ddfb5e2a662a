/** The requests about invitations: see `operation.ts`. */
import * as z from "zod";
import { INVITE_TEXT } from "../../../protocol/invite_codes.ts";
import { invitesQuery } from "../../../protocol/invites.ts";
import { LIMITS, OPEN_INVITES } from "../../../protocol/limits.ts";
import * as example from "../examples.ts";
import * as object from "../objects/invites.ts";
import type { ApiOperation, Parameter } from "../operation.ts";

const CODE: Parameter = {
  schema: z.string().max(INVITE_TEXT),
  field: "code",
  description: "The invitation's code.",
  example: "k3v9m2pxr7tw4hzq8nyb5cjd6f",
};
const DEAD = "It is used up, over or taken back, or there never was one.";
const GUESSED = "Too many codes that let nobody in, from this address.";

export const INVITES: ApiOperation[] = [
  {
    id: "createInvite",
    command: "createInvite",
    tag: "invites",
    method: "POST",
    path: "/api/invites",
    from: "caller",
    summary: "Make an invitation",
    description: "For staff, and for members where the workspace lets them. Whoever comes by the " +
      "link opens an account of this role, also where signup is closed, and is in these rooms. " +
      "Somebody who has an account comes into the rooms.",
    body: {
      examples: {
        club: {
          summary: "For five people, into a room",
          value: { role: "member", rooms: [2], uses: 5 },
        },
        guest: {
          summary: "For one guest, for a while",
          value: { role: "guest", rooms: [2], uses: 1, expiresAt: 4_102_444_800_000 },
        },
      },
    },
    answers: {
      201: {
        description: "The invitation, with its link.",
        schema: object.invite,
        examples: { club: { summary: "For a club", value: example.invite } },
      },
    },
    refusals: {
      invalid: `Its end has passed, or you have ${OPEN_INVITES} open invitations.`,
      forbidden: "You may not invite, or not into one of these rooms.",
      not_found: "There is no such room, or you may not see it.",
    },
  },
  {
    id: "listInvites",
    command: "listInvites",
    tag: "invites",
    method: "GET",
    path: "/api/invites",
    from: "caller",
    summary: "List invitations",
    description: "All of them for staff, your own for others. The latest first.",
    query: {
      schema: invitesQuery,
      notes: {
        state: "`open` (the default), or `ended`: used up, over or taken back.",
        before: "The `next` of the previous page.",
        limit: `How many; ${LIMITS.pageDefault} by default.`,
      },
      examples: ["", "state=ended", "before=9&limit=2"],
    },
    answers: {
      200: {
        description: "A page.",
        schema: object.invitesPage,
        examples: { one: { summary: "One", value: example.invitesPage } },
      },
    },
  },
  {
    id: "revokeInvite",
    command: "revokeInvite",
    tag: "invites",
    method: "DELETE",
    path: "/api/invites/:id",
    from: "caller",
    summary: "Take an invitation back",
    description: "Its link lets nobody in any more. Your own, or as staff anybody's.",
    parameters: {
      id: { schema: z.int(), field: "id", description: "The invitation's id.", example: 1 },
    },
    answers: { 204: { description: "It is taken back, or was." } },
    refusals: { not_found: "There is no such invitation, or it is somebody else's." },
  },
  {
    id: "invitation",
    tag: "invites",
    method: "GET",
    path: "/api/join/:code",
    from: "anybody",
    summary: "Who invites where?",
    description: "For whoever holds the code; it uses nothing up.",
    parameters: { code: CODE },
    answers: {
      200: {
        description: "An invitation that lets people in.",
        schema: object.invitation,
        examples: { club: { summary: "Into a room", value: example.invitation } },
      },
    },
    refusals: { not_found: DEAD, rate_limited: GUESSED },
  },
  {
    id: "acceptInvite",
    command: "acceptInvite",
    tag: "invites",
    method: "POST",
    path: "/api/join/:code",
    from: "caller",
    summary: "Come into an invitation's rooms",
    description: "With the account you have, which keeps its role. It counts as a use unless you " +
      "are in all of them already.",
    parameters: { code: CODE },
    answers: {
      200: {
        description: "You are in them.",
        schema: object.joinedRooms,
        examples: { club: { summary: "A room", value: { rooms: [2] } } },
      },
    },
    refusals: { not_found: DEAD, rate_limited: GUESSED },
  },
];
