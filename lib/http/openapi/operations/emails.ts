/** The requests about one's own e-mail address: see `operation.ts`. */
import * as example from "../examples.ts";
import * as recovery from "../objects/recovery.ts";
import type { ApiOperation } from "../operation.ts";

export const EMAILS: ApiOperation[] = [
  {
    id: "getEmail",
    command: "getEmail",
    tag: "accounts",
    method: "GET",
    path: "/api/me/email",
    from: "caller",
    summary: "Your e-mail address",
    description: "Nobody else sees it.",
    answers: {
      200: {
        description: "The address, and what waits to be confirmed.",
        schema: recovery.myEmail,
        examples: { ann: { summary: "One to be confirmed", value: example.myEmail } },
      },
    },
  },
  {
    id: "setEmail",
    command: "setEmail",
    tag: "accounts",
    method: "PUT",
    path: "/api/me/email",
    from: "caller",
    summary: "Set your e-mail address",
    description:
      "A letter with a link is sent there. The address counts once that link was used; " +
      "the one of before stays until then, and is told. The same address again sends another letter.",
    body: {
      examples: { ann: { summary: "An address", value: { address: "ann@example.org" } } },
    },
    answers: {
      202: {
        description: "A letter is on its way.",
        schema: recovery.myEmail,
        examples: { ann: { summary: "To be confirmed", value: example.myEmail } },
      },
    },
    refusals: {
      forbidden: "This server sends no mail (`CONFAB_SMTP`).",
      rate_limited: "Too many letters were sent for you.",
    },
  },
  {
    id: "removeEmail",
    command: "removeEmail",
    tag: "accounts",
    method: "DELETE",
    path: "/api/me/email",
    from: "caller",
    summary: "Remove your e-mail address",
    description: "Also one that is to be confirmed. A confirmed one is told by a last letter.",
    answers: { 204: { description: "There is no address." } },
  },
];
