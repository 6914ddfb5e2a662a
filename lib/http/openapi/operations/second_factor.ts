/** The requests about the second factor: see `operation.ts`. */
import { loginSecond, ownPassword, setUpTotp } from "../../../protocol/second_factor.ts";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import * as factor from "../objects/second_factor.ts";
import type { ApiOperation } from "../operation.ts";

const PASSWORD = {
  password: { summary: "With the password", value: { password: example.EXAMPLE_PASSWORD } },
};

/** Of what a session may also do that has shown lately whose it is. */
const PASSWORD_OR_NOT = {
  confirmed: { summary: "Confirmed lately", value: {} },
  ...PASSWORD,
};

const WRONG_PASSWORD = "The password is wrong.";
const GUESSED = "Too many wrong passwords or codes.";

export const SECOND_FACTOR: ApiOperation[] = [
  {
    id: "loginSecond",
    tag: "accounts",
    method: "POST",
    path: "/api/login/second",
    from: "anybody",
    summary: "Log in, second step",
    description: "With the ticket of a `401 second_factor`, which lives five minutes and five " +
      "tries. The code is that of the authenticator app, or a recovery code; each works once.",
    body: {
      schema: loginSecond,
      examples: {
        code: {
          summary: "With the app's code",
          value: { ticket: "ZGVjb3kgdGlja2V0IG9mIHRoZSBkb2N1bWVudC4uLi4", code: "123456" },
        },
      },
    },
    answers: {
      200: {
        description: "A new session.",
        schema: object.signedIn,
        examples: { ann: { summary: "Signed in", value: example.signedIn } },
        headers: { "set-cookie": "The session's cookie; browsers store it themselves." },
      },
    },
    refusals: {
      unauthenticated: "The code is wrong or was used before (`errors` names `code`), or the " +
        "ticket has ended (`errors` names `ticket`): log in again.",
      forbidden: "The account was disabled meanwhile.",
      rate_limited: "Too many attempts from this address, or too many wrong codes.",
    },
  },
  {
    id: "getTotp",
    tag: "accounts",
    method: "GET",
    path: "/api/me/totp",
    from: "caller",
    summary: "What second factor do I have?",
    answers: {
      200: {
        description: "Since when the authenticator app is asked for, and the codes left.",
        schema: factor.factorState,
        examples: { none: { summary: "None", value: { totpSince: null, recoveryCodes: 0 } } },
      },
    },
  },
  {
    id: "setUpTotp",
    tag: "accounts",
    method: "POST",
    path: "/api/me/totp",
    from: "caller",
    summary: "Set up an authenticator app",
    description: "Twice: with the password, for a secret, which waits a quarter of an hour; then " +
      "with the app's first `code`. From then on logging in asks for a code. The second answer " +
      "has ten recovery codes, unless there were some already.",
    body: {
      schema: setUpTotp,
      examples: {
        ...PASSWORD,
        code: { summary: "With the app's first code", value: { code: "123456" } },
      },
    },
    answers: {
      200: {
        description: "The secret; the second time, the recovery codes.",
        schema: factor.totpStep,
        examples: {
          secret: { summary: "The secret", value: factor.EXAMPLE_SECRET },
          codes: { summary: "The recovery codes", value: factor.EXAMPLE_CODES },
        },
      },
    },
    refusals: {
      forbidden: `${WRONG_PASSWORD} Or the code is.`,
      conflict: "There is a code, but no secret waits for it.",
      rate_limited: GUESSED,
    },
  },
  {
    id: "removeTotp",
    tag: "accounts",
    method: "DELETE",
    path: "/api/me/totp",
    from: "caller",
    summary: "Remove the authenticator app",
    description: "With the last factor the recovery codes go, too.",
    confirmed: true,
    body: { schema: ownPassword, examples: PASSWORD_OR_NOT },
    answers: { 204: { description: "It is not asked for any more." } },
    refusals: { forbidden: WRONG_PASSWORD, rate_limited: GUESSED },
  },
  {
    id: "renewRecoveryCodes",
    tag: "accounts",
    method: "POST",
    path: "/api/me/recovery-codes",
    from: "caller",
    summary: "Get new recovery codes",
    description: "Ten, each of which stands in for the second factor once. Those before end.",
    confirmed: true,
    body: { schema: ownPassword, examples: PASSWORD_OR_NOT },
    answers: {
      200: {
        description: "They are shown this once.",
        schema: factor.recoveryCodes,
        examples: { codes: { summary: "Ten codes", value: factor.EXAMPLE_CODES } },
      },
    },
    refusals: {
      forbidden: WRONG_PASSWORD,
      conflict: "There is no second factor that they could stand in for.",
      rate_limited: GUESSED,
    },
  },
  {
    id: "removeFactors",
    command: "removeFactors",
    tag: "people",
    method: "DELETE",
    path: "/api/users/:id/second-factor",
    from: "caller",
    summary: "Take somebody's second factor off",
    description: "For the owner and admins, when somebody has lost theirs: the password alone " +
      "lets them in again.",
    parameters: {
      id: { schema: object.id, field: "userId", description: "Whose account.", example: 3 },
    },
    answers: { 204: { description: "They have none any more." } },
    refusals: {
      forbidden: "You are not an admin, or may not change this account.",
      not_found: "There is nobody with this id.",
    },
  },
];
