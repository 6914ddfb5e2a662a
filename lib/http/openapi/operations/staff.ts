/** The requests by which staff look after people's accounts: see `operation.ts`. */
import { LIMITS } from "../../../protocol/limits.ts";
import { accountsQuery } from "../../../protocol/staff.ts";
import * as example from "../examples.ts";
import { id } from "../objects/base.ts";
import { user } from "../objects/people.ts";
import { accountsPage, staffAccount } from "../objects/staff.ts";
import type { ApiOperation, Parameter } from "../operation.ts";

const whose = (field: string, value: number): Parameter => ({
  schema: id,
  field,
  description: "Whose account.",
  example: value,
});

const NOT_STAFF = "You are not staff.";
const NOT_YOURS = "You are not an admin, or may not change this account.";
const NOBODY = "There is nobody with this id.";

const CLEO = { one: { summary: "An account", value: example.staffAccount } };

export const STAFF: ApiOperation[] = [
  {
    id: "listAccounts",
    command: "listAccounts",
    tag: "people",
    method: "GET",
    path: "/api/accounts",
    from: "caller",
    summary: "List everybody's accounts",
    description: "For staff: by username, also disabled and erased ones.",
    query: {
      schema: accountsQuery,
      notes: {
        q: "Each of these words begins a word of the name.",
        role: "Only this role.",
        state: "Only accounts that can sign in, or that are disabled.",
        after: "The `next` of the previous page.",
        limit: `How many; ${LIMITS.pageDefault} by default.`,
      },
      examples: ["", "q=bob", "role=member&state=active&limit=2", "after=b"],
    },
    answers: {
      200: {
        description: "A page.",
        schema: accountsPage,
        examples: {
          one: { summary: "One", value: { accounts: [example.staffAccount], next: null } },
        },
      },
    },
    refusals: { forbidden: NOT_STAFF },
  },
  {
    id: "getAccount",
    command: "getAccount",
    tag: "people",
    method: "GET",
    path: "/api/accounts/:id",
    from: "caller",
    summary: "Get an account",
    description: "For staff.",
    parameters: { id: whose("id", 3) },
    answers: { 200: { description: "The account.", schema: staffAccount, examples: CLEO } },
    refusals: { forbidden: NOT_STAFF, not_found: NOBODY },
  },
  {
    id: "signOutUser",
    command: "signOutUser",
    tag: "people",
    method: "DELETE",
    path: "/api/users/:id/sessions",
    from: "caller",
    summary: "Sign somebody out everywhere",
    description: "For staff. The account stays as it is: they may sign in again.",
    parameters: { id: whose("userId", 3) },
    answers: { 204: { description: "All sessions have ended." } },
    refusals: { forbidden: NOT_YOURS, not_found: NOBODY },
  },
  {
    id: "removeUserAvatar",
    command: "removeUserAvatar",
    tag: "people",
    method: "DELETE",
    path: "/api/users/:id/avatar",
    from: "caller",
    summary: "Remove somebody's picture",
    description: "For staff. They may set another one. Your own: `DELETE /api/me/avatar`.",
    parameters: { id: whose("userId", 3) },
    answers: { 204: { description: "They have none." } },
    refusals: { forbidden: NOT_YOURS, not_found: NOBODY },
  },
  {
    id: "handOver",
    command: "handOver",
    tag: "people",
    method: "POST",
    path: "/api/users/:id/owner",
    from: "caller",
    summary: "Hand the place over",
    description: "For the owner, who becomes an admin in the same moment.",
    parameters: { id: whose("userId", 2) },
    answers: {
      200: {
        description: "The new owner.",
        schema: user,
        examples: { bob: { summary: "Bob", value: { ...example.bob, role: "owner" } } },
      },
    },
    refusals: {
      forbidden: "You are not the owner, or they cannot be: a guest, a bot, disabled, yourself.",
      not_found: NOBODY,
    },
  },
  {
    id: "eraseUser",
    command: "eraseUser",
    tag: "people",
    method: "POST",
    path: "/api/users/:id/erase",
    from: "caller",
    summary: "Erase somebody",
    description: "For staff. Names, password, sessions and everything that lets them in are gone " +
      "at once, for ever. `texts`: what they wrote is kept under the new name, or taken away, " +
      "which may take a while. `username`: others may take it (`free`, by default), or nobody.",
    parameters: { id: whose("userId", 3) },
    body: {
      examples: {
        keep: { summary: "Keep the texts", value: { texts: "keep" } },
        take: {
          summary: "Take the texts away",
          value: { texts: "take", username: "keep", displayName: "Former member" },
        },
      },
    },
    answers: {
      200: {
        description: "The account, as it is from now on.",
        schema: user,
        examples: { former: { summary: "Nobody any more", value: example.former } },
      },
    },
    refusals: { forbidden: NOT_YOURS, not_found: NOBODY },
  },
];
