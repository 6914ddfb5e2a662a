/** The requests about lost passwords: see `operation.ts`. */
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import type { ApiOperation } from "../operation.ts";

export const RECOVERY: ApiOperation[] = [
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
        schema: object.resetLink,
        examples: { link: { summary: "A link", value: example.resetLink } },
      },
    },
    refusals: {
      forbidden: "You are not an admin, or may not change this account; or it is disabled.",
      not_found: "There is nobody with this id.",
    },
  },
];
