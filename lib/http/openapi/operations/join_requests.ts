/** The requests about requests to join: see `operation.ts`. */
import * as z from "zod";
import { joinRequestsQuery } from "../../../protocol/join_requests.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import * as example from "../examples.ts";
import * as object from "../objects/join_requests.ts";
import type { ApiOperation } from "../operation.ts";

const NOT_STAFF = "You are not staff.";

export const JOIN_REQUESTS: ApiOperation[] = [
  {
    id: "listJoinRequests",
    command: "listJoinRequests",
    tag: "invites",
    method: "GET",
    path: "/api/join-requests",
    from: "caller",
    summary: "Who asks to join?",
    description: "For staff. Of those that wait, who asked first comes first; of those decided, " +
      "the latest.",
    query: {
      schema: joinRequestsQuery,
      notes: {
        state: "`waiting` (the default), or `decided`.",
        after: "The `next` of the previous page.",
        limit: `How many; ${LIMITS.pageDefault} by default.`,
      },
      examples: ["", "state=decided", "after=1&limit=2"],
    },
    answers: {
      200: {
        description: "A page.",
        schema: object.joinRequestsPage,
        examples: {
          one: {
            summary: "One",
            value: { requests: [example.joinRequest], waiting: 1, next: null },
          },
        },
      },
    },
    refusals: { forbidden: NOT_STAFF },
  },
  {
    id: "decideJoinRequest",
    command: "decideJoinRequest",
    tag: "invites",
    method: "PATCH",
    path: "/api/join-requests/:id",
    from: "caller",
    summary: "Let somebody in, or refuse",
    description: "Whoever is let in logs in with the name and the password that they chose.",
    parameters: {
      id: { schema: z.int(), field: "id", description: "The request's id.", example: 1 },
    },
    body: {
      examples: {
        accept: { summary: "Come in", value: { state: "accepted" } },
        guest: { summary: "As a guest", value: { state: "accepted", role: "guest", rooms: [2] } },
        refuse: { summary: "No", value: { state: "refused" } },
      },
    },
    answers: {
      200: {
        description: "The request, as it stands now.",
        schema: object.joinRequest,
        examples: {
          one: {
            summary: "Let in",
            value: {
              ...example.joinRequest,
              ...{ state: "accepted", decidedBy: 1, userId: 4 },
              decidedAt: example.joinRequest.createdAt + 60_000,
            },
          },
        },
      },
    },
    refusals: {
      forbidden: `${NOT_STAFF} Or you may not invite into one of these rooms.`,
      not_found: "There is no such request, or a room that you may not see.",
      conflict: "Somebody has decided it before, or the username was taken meanwhile.",
    },
  },
];
