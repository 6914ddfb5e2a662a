/** The requests about accounts: see `operation.ts`. */
import { changePassword, login, signup } from "../../../protocol/accounts.ts";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import { asked } from "../objects/join_requests.ts";
import type { ApiOperation } from "../operation.ts";

const COOKIE = { "set-cookie": "The session's cookie; browsers store it themselves." };

export const ACCOUNTS: ApiOperation[] = [
  {
    id: "signup",
    tag: "accounts",
    method: "POST",
    path: "/api/signup",
    from: "anybody",
    summary: "Create an account",
    description: "The first account becomes the owner's. Every account joins the room `general`. " +
      "You are signed in at once: the answer sets the cookie, and carries the session's token too.",
    body: {
      schema: signup,
      examples: {
        first: {
          summary: "A new account",
          value: { username: "ann", password: example.EXAMPLE_PASSWORD, displayName: "Ann Lee" },
        },
      },
    },
    answers: {
      201: {
        description: "The account, with its first session.",
        schema: object.signedIn,
        examples: { first: { summary: "The owner", value: example.signedIn } },
        headers: COOKIE,
      },
      202: {
        description: "Staff must let people in here: your request waits for them, with `note`. " +
          "Once they have let you in, you can log in.",
        schema: asked,
        examples: { dora: { summary: "A request", value: { request: example.joinRequest } } },
      },
    },
    refusals: {
      forbidden: "Signing up is closed here, and there is no invitation.",
      not_found: "The invitation is used up, over or taken back, or there never was one.",
      conflict: "The username is taken, or looks like another's.",
      rate_limited: "Too many accounts or logins from this address (`CONFAB_AUTH_RATE`).",
    },
  },
  {
    id: "login",
    tag: "accounts",
    method: "POST",
    path: "/api/login",
    from: "anybody",
    summary: "Log in",
    description: "Spaces around the username and an `@` before it do not count.",
    body: {
      schema: login,
      examples: {
        ann: {
          summary: "With name and password",
          value: { username: "ann", password: example.EXAMPLE_PASSWORD },
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
      second_factor: "The password is right, and the account has a second factor: go on with " +
        "`ticket` at `POST /api/login/second`.",
      unauthenticated: "Wrong username or password: the same answer for both, in the same time.",
      forbidden: "The account is disabled, or was asked for and is not there yet (`errors` says " +
        "`waiting` or `refused`); only someone who knows its password is told.",
      rate_limited: "Too many attempts from this address, or on this account.",
    },
  },
  {
    id: "logout",
    tag: "accounts",
    method: "POST",
    path: "/api/logout",
    from: "caller",
    summary: "Log out",
    description: "Ends this session; its WebSockets close with 4401. (A form, " +
      "`application/x-www-form-urlencoded`, is redirected to `/login`.)",
    answers: {
      204: {
        description: "Signed out.",
        headers: { "set-cookie": "Removes the session's cookie." },
      },
    },
  },
  {
    id: "getMe",
    tag: "accounts",
    method: "GET",
    path: "/api/me",
    from: "caller",
    summary: "Who am I?",
    answers: {
      200: {
        description: "The caller, with their settings and this session.",
        schema: object.me,
        examples: { ann: { summary: "Ann", value: example.annHerself } },
      },
    },
  },
  {
    id: "updateMe",
    command: "updateMe",
    tag: "accounts",
    method: "PATCH",
    path: "/api/me",
    from: "caller",
    summary: "Change your name or settings",
    description: "Omitted fields stay as they are.",
    body: {
      examples: {
        settings: {
          summary: "A name and the dark theme",
          value: { displayName: "Ann Lee", language: "en", theme: "dark" },
        },
        status: {
          summary: "What you say of yourself until the summer of 2100",
          value: { status: { emoji: "🌴", text: "On holiday", until: 4_118_083_200_000 } },
        },
        free: { summary: "No status any more", value: { status: null } },
        place: {
          summary: "Where your clock stands",
          value: { timeZone: "Europe/Paris", showLocalTime: true },
        },
      },
    },
    answers: {
      200: {
        description: "The caller, after the change.",
        schema: object.me,
        examples: { ann: { summary: "Ann", value: example.annHerself } },
      },
    },
  },
  {
    id: "changePassword",
    tag: "accounts",
    method: "POST",
    path: "/api/me/password",
    from: "caller",
    summary: "Set a new password",
    description: "Ends every other session.",
    body: {
      schema: changePassword,
      examples: {
        change: {
          summary: "The old one and the new one",
          value: { current: example.EXAMPLE_PASSWORD, password: "two long walks to the sea" },
        },
      },
    },
    answers: { 204: { description: "The new password is set." } },
    refusals: {
      forbidden: "The current password is wrong.",
      rate_limited: "Too many attempts.",
    },
  },
];
