/** The requests about one's accounts elsewhere: see `operation.ts`. */
import * as example from "../examples.ts";
import { connections } from "../objects/oidc.ts";
import { id } from "../objects/base.ts";
import type { ApiOperation } from "../operation.ts";

export const OIDC: ApiOperation[] = [
  {
    id: "listConnections",
    command: "listConnections",
    tag: "sessions",
    method: "GET",
    path: "/api/me/connections",
    from: "caller",
    summary: "List your linked accounts",
    description: "Accounts elsewhere by which you sign in here. In a browser, " +
      "`/settings/connections` links another one, and `/login/oidc?provider=ID` signs in by it.",
    answers: {
      200: {
        description: "Your linked accounts.",
        schema: connections,
        examples: { one: { summary: "One", value: { connections: [example.linkedAccount] } } },
      },
    },
  },
  {
    id: "removeConnection",
    command: "removeConnection",
    tag: "sessions",
    method: "DELETE",
    path: "/api/me/connections/:id",
    from: "caller",
    summary: "Unlink an account",
    description: "It lets nobody in any more, and the sessions that began with it end.",
    parameters: {
      id: { schema: id, field: "connection", description: "One of your links.", example: 1 },
    },
    answers: { 204: { description: "It is unlinked." } },
    refusals: {
      not_found: "You have no such link.",
      conflict: "It is your only way in.",
    },
  },
];
