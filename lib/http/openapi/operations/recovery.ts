/** The requests about lost passwords: see `operation.ts`. */
import { askReset, usePasswordReset } from "../../../protocol/recovery.ts";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import * as recovery from "../objects/recovery.ts";
import type { ApiOperation } from "../operation.ts";

const COOKIE = { "set-cookie": "The session's cookie; browsers store it themselves." };

export const RECOVERY: ApiOperation[] = [
  {
    id: "askReset",
    tag: "accounts",
    method: "POST",
    path: "/api/forgot",
    from: "anybody",
    summary: "Ask for a link to a new password by mail",
    description:
      "By a username or a confirmed e-mail address. The answer is the same, in the same " +
      "time, whether there is such an account: who gets a letter is found out later.",
    body: {
      schema: askReset,
      examples: { ann: { summary: "By name", value: { name: "ann" } } },
    },
    answers: { 204: { description: "If there is whom to send it to, a letter is on its way." } },
    refusals: {
      forbidden: "This server sends no mail (`CONFAB_SMTP`).",
      rate_limited: "Asked for too often, from this address or for this name.",
    },
  },
  {
    id: "useReset",
    tag: "accounts",
    method: "POST",
    path: "/api/reset",
    from: "anybody",
    summary: "Set a new password by a link",
    description: "What the page of the link does: its token is the end of its address. Every " +
      "session of the account ends, and a new one begins; the link works once.",
    body: {
      schema: usePasswordReset,
      examples: {
        ann: {
          summary: "A token and the new password",
          value: {
            token: example.resetLink.url.split("/").at(-1),
            password: "the sea walks back at night",
          },
        },
      },
    },
    answers: {
      200: {
        description: "A new session.",
        schema: object.signedIn,
        examples: { ann: { summary: "Signed in", value: example.signedIn } },
        headers: COOKIE,
      },
    },
    refusals: {
      not_found: "The link was used, is too old, or was none.",
      rate_limited: "Too many attempts from this address.",
    },
  },
  {
    id: "resetUser",
    command: "resetUser",
    tag: "people",
    method: "POST",
    path: "/api/users/:id/reset",
    from: "caller",
    summary: "Make a link with which somebody sets a new password",
    description: "For the owner and admins. The link works once, for a day; with it, all of the " +
      "account's sessions end. It is shown only now: hand it to its reader in a way that you trust.",
    parameters: {
      id: { schema: object.id, field: "userId", description: "Whose password.", example: 2 },
    },
    answers: {
      201: {
        description: "The link.",
        schema: recovery.resetLink,
        examples: { link: { summary: "A link", value: example.resetLink } },
      },
    },
    refusals: {
      forbidden: "You are not an admin, or may not change this account; or it is disabled.",
      not_found: "There is nobody with this id.",
    },
  },
];
