/** The requests about passkeys: see `operation.ts`. */
import {
  addPasskey,
  loginPasskey,
  renamePasskey,
  setAfterPassword,
} from "../../../protocol/passkeys.ts";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import * as passkeys from "../objects/passkeys.ts";
import type { ApiOperation } from "../operation.ts";

const ID = { schema: object.id, field: "id", description: "One of your passkeys.", example: 1 };
const WRONG_SITE =
  "Browsers make no passkeys for this address: it is one in numbers, or without TLS.";

const PASSKEY = {
  id: 1,
  name: "Chrome on Linux",
  createdAt: example.MORNING,
  lastUsed: null,
  synced: false,
  alone: true,
};

export const PASSKEYS: ApiOperation[] = [
  {
    id: "loginPasskey",
    tag: "accounts",
    method: "POST",
    path: "/api/login/passkey",
    from: "anybody",
    summary: "Log in with a passkey",
    description: "Twice. Without a passkey it answers the options for " +
      "`navigator.credentials.get()`, in WebAuthn's JSON form; then `passkey` is what that gave, " +
      "and the answer is that of a login. With the `ticket` of a `401 second_factor` the passkey " +
      "is the second step. A challenge is good for five minutes, and once.",
    body: {
      schema: loginPasskey,
      examples: { options: { summary: "The options", value: {} } },
    },
    answers: {
      200: {
        description: "The options, or a new session.",
        schema: passkeys.loginStep,
        examples: {
          options: {
            summary: "The options",
            value: {
              challenge: "ZGVjb3kgY2hhbGxlbmdl",
              rpId: "chat.example.org",
              timeout: 300_000,
              allowCredentials: [],
              userVerification: "required",
            },
          },
        },
      },
    },
    refusals: {
      unauthenticated:
        "The passkey is not known here, or was used before, or the ticket has ended.",
      forbidden: `The account is disabled. Or: ${WRONG_SITE}`,
      rate_limited: "Too many attempts from this address.",
    },
  },
  {
    id: "listPasskeys",
    tag: "accounts",
    method: "GET",
    path: "/api/me/passkeys",
    from: "caller",
    summary: "List your passkeys",
    answers: {
      200: {
        description: "All of them, the oldest first.",
        schema: passkeys.ownedPasskeys,
        examples: {
          one: { summary: "One", value: { passkeys: [PASSKEY], afterPassword: true } },
        },
      },
    },
  },
  {
    id: "addPasskey",
    tag: "accounts",
    method: "POST",
    path: "/api/me/passkeys",
    from: "caller",
    confirmed: true,
    summary: "Add a passkey",
    description: "Twice. Without a passkey it answers the options for " +
      "`navigator.credentials.create()`, in WebAuthn's JSON form; then `passkey` is what that " +
      "gave. The first one is asked for after the password, unless you say otherwise.",
    body: {
      schema: addPasskey,
      examples: { options: { summary: "The options", value: {} } },
    },
    answers: {
      200: { description: "The options.", schema: passkeys.passkeyCreation },
      201: {
        description: "It is kept.",
        schema: passkeys.passkey,
        examples: { one: { summary: "A passkey", value: PASSKEY } },
      },
    },
    refusals: {
      forbidden: `The passkey was not made for this, or used before. Or: ${WRONG_SITE}`,
      conflict: "This passkey is kept here already.",
    },
  },
  {
    id: "setAfterPassword",
    tag: "accounts",
    method: "PATCH",
    path: "/api/me/passkeys",
    from: "caller",
    confirmed: true,
    summary: "Say whether a passkey is asked for after the password",
    body: {
      schema: setAfterPassword,
      examples: { no: { summary: "The password is enough", value: { afterPassword: false } } },
    },
    answers: { 204: { description: "It is so." } },
    refusals: { not_found: "You have no passkey." },
  },
  {
    id: "renamePasskey",
    tag: "accounts",
    method: "PATCH",
    path: "/api/me/passkeys/:id",
    from: "caller",
    summary: "Give a passkey another name",
    parameters: { id: ID },
    body: {
      schema: renamePasskey,
      examples: { blue: { summary: "By its looks", value: { name: "The blue key" } } },
    },
    answers: { 204: { description: "It has this name." } },
    refusals: { not_found: "You have no such passkey." },
  },
  {
    id: "removePasskey",
    tag: "accounts",
    method: "DELETE",
    path: "/api/me/passkeys/:id",
    from: "caller",
    confirmed: true,
    summary: "Remove a passkey",
    description: "With the last second factor the recovery codes go, too.",
    parameters: { id: ID },
    answers: { 204: { description: "It lets nobody in any more." } },
    refusals: { not_found: "You have no such passkey." },
  },
  {
    id: "confirmPasskeyOptions",
    tag: "sessions",
    method: "POST",
    path: "/api/me/confirm/passkey",
    from: "caller",
    summary: "Options to confirm with a passkey",
    description: "For `navigator.credentials.get()`; what that gives is the `passkey` of " +
      "`POST /api/me/confirm`.",
    answers: { 200: { description: "The options.", schema: passkeys.passkeyRequest } },
    refusals: { forbidden: WRONG_SITE },
  },
];
