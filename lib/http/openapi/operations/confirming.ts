/** The requests about showing once more who one is: see `operation.ts`. */
import { confirm } from "../../../protocol/confirming.ts";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import type { ApiOperation } from "../operation.ts";

export const CONFIRMING: ApiOperation[] = [
  {
    id: "confirmState",
    tag: "sessions",
    method: "GET",
    path: "/api/me/confirm",
    from: "caller",
    summary: "With what can I confirm that it is me?",
    description: "Dangerous requests answer `confirm_first` to a session whose holder has not " +
      "shown for 15 minutes who they are. Signing in counts.",
    answers: {
      200: {
        description: "What the account has, and until when this session is confirmed.",
        schema: object.confirmState,
        examples: {
          now: {
            summary: "Just signed in",
            value: { methods: ["password"], until: example.MORNING + 15 * 60_000 },
          },
        },
      },
    },
  },
  {
    id: "confirm",
    tag: "sessions",
    method: "POST",
    path: "/api/me/confirm",
    from: "caller",
    summary: "Show that it is you",
    description: "With one proof: the password, a code of the authenticator app, or a passkey. " +
      "For 15 minutes this session may then do what is dangerous.",
    body: {
      schema: confirm,
      examples: {
        password: { summary: "By password", value: { password: example.EXAMPLE_PASSWORD } },
      },
    },
    answers: { 204: { description: "This session is confirmed." } },
    refusals: {
      forbidden: "The proof is wrong.",
      rate_limited: "Too many attempts.",
    },
  },
];
