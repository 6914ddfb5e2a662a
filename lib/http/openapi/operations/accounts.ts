/** The requests about accounts: see `operation.ts`. */
import { changePassword, login, signup } from "../../../protocol/accounts.ts";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import type { Operation } from "../operation.ts";

const COOKIE = { "set-cookie": "The session's cookie; browsers keep it by themselves." };

export const ACCOUNTS: Operation[] = [
  {
    id: "signup",
    tag: "accounts",
    method: "POST",
    path: "/api/signup",
    from: "anybody",
    summary: "Open an account",
    description: "The first account becomes the owner's. Every account joins the room `general`. " +
      "The answer signs in: it sets the cookie, and has the same session as a token.",
    body: {
      schema: signup,
      examples: {
        first: {
          summary: "A new account",
          value: { username: "ann", password: example.PASSWORD, displayName: "Ann Lee" },
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
    },
    refusals: {
      forbidden: "Signing up is closed here, or the invitation is not valid.",
      conflict: "The username is taken, or people would take it for another's.",
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
          value: { username: "ann", password: example.PASSWORD },
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
      unauthenticated: "Wrong username or password: the same answer, in the same time.",
      forbidden: "The account is disabled; told to who knows its password.",
      rate_limited: "Too many attempts from this address, or at this account.",
    },
  },
  {
    id: "logout",
    tag: "accounts",
    method: "POST",
    path: "/api/logout",
    from: "caller",
    summary: "Log out",
    description: "Ends this session; its WebSockets close with 4401. (A form that is sent here, " +
      "`application/x-www-form-urlencoded`, is led to `/login` instead.)",
    answers: {
      204: {
        description: "Signed out.",
        headers: { "set-cookie": "Takes the session's cookie away." },
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
    summary: "Change one's name or settings",
    description: "What is left out stays as it is.",
    body: {
      examples: {
        settings: {
          summary: "A name and the dark theme",
          value: { displayName: "Ann Lee", language: "en", theme: "dark" },
        },
      },
    },
    answers: {
      200: {
        description: "The caller, as they are now.",
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
          summary: "From the old to the new",
          value: { current: example.PASSWORD, password: "two long walks to the sea" },
        },
      },
    },
    answers: { 204: { description: "The new password counts." } },
    refusals: {
      forbidden: "The current password is another.",
      rate_limited: "Too many attempts.",
    },
  },
];
