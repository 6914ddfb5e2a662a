/** The requests about sessions: see `operation.ts`. */
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import type { ApiOperation } from "../operation.ts";

export const SESSIONS: ApiOperation[] = [
  {
    id: "listSessions",
    tag: "sessions",
    method: "GET",
    path: "/api/me/sessions",
    from: "caller",
    summary: "Where am I signed in?",
    answers: {
      200: {
        description: "Your sessions.",
        schema: object.sessions,
        examples: { one: { summary: "One", value: { sessions: [example.session] } } },
      },
    },
  },
  {
    id: "revokeSession",
    tag: "sessions",
    method: "DELETE",
    path: "/api/me/sessions/:id",
    from: "caller",
    summary: "Sign another device out",
    description: "Its WebSockets close with 4401.",
    parameters: {
      id: { schema: object.id, field: "id", description: "One of your sessions.", example: 2 },
    },
    answers: { 204: { description: "The session has ended." } },
    refusals: { not_found: "You have no such session." },
  },
];
