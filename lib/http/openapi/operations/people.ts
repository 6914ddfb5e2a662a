/** The requests about people: see `operation.ts`. */
import { PEOPLE_ASKED } from "../../../protocol/limits.ts";
import { usersQuery } from "../../../protocol/people.ts";
import * as z from "zod";
import * as example from "../examples.ts";
import * as object from "../objects.ts";
import type { ApiOperation, Parameter } from "../operation.ts";

const user = (sentence: string, id: number): Parameter => ({
  schema: object.id,
  field: "userId",
  description: sentence,
  example: id,
});

export const PEOPLE: ApiOperation[] = [
  {
    id: "searchUsers",
    command: "searchUsers",
    tag: "people",
    method: "GET",
    path: "/api/users",
    from: "caller",
    summary: "Find people",
    description: "By the words of their names (`q`), at most 50, or by their ids (`ids`). With " +
      "`room`, only among its members. People who do not exist or are hidden from you are left out.",
    query: {
      schema: usersQuery,
      notes: {
        q: "Each of these words begins a word of the name, ignoring case and accents.",
        ids: `Up to ${PEOPLE_ASKED}; not together with \`q\`.`,
        room: "Only members of this room, which the caller must be in.",
      },
      examples: ["q=bob", "ids=1,2", "room=1&q=bob"],
    },
    answers: {
      200: {
        description: "People; with `ids`, their presence too.",
        schema: z.union([object.usersWithPresence, object.users]),
        examples: {
          found: { summary: "By name", value: { users: [example.bob] } },
          asked: {
            summary: "By id",
            value: { users: [example.ann, example.bob], presence: { "1": "online" } },
          },
        },
      },
    },
    refusals: {
      forbidden:
        "Guests cannot search everybody; or you are not in the public room that was named.",
      not_found: "There is no such room, or it is hidden from the caller.",
    },
  },
  {
    id: "getUser",
    command: "getUser",
    tag: "people",
    method: "GET",
    path: "/api/users/:id",
    from: "caller",
    summary: "Get a person",
    parameters: { id: user("The person.", 2) },
    answers: {
      200: {
        description: "The person.",
        schema: object.user,
        examples: { bob: { summary: "Bob", value: example.bob } },
      },
    },
    refusals: {
      not_found: "There is nobody with this id; to a guest, nobody in the same rooms.",
    },
  },
  {
    id: "updateUser",
    command: "updateUser",
    tag: "people",
    method: "PATCH",
    path: "/api/users/:id",
    from: "caller",
    summary: "Change somebody's role, or disable the account",
    description: "For the owner and admins. Disabling ends the account's sessions.",
    parameters: { id: user("Whose account.", 3) },
    body: {
      examples: {
        guest: { summary: "Make somebody a guest", value: { role: "guest" } },
        disable: { summary: "Disable an account", value: { disabled: true } },
        admin: { summary: "Make somebody an admin, which is dangerous", value: { role: "admin" } },
      },
    },
    answers: {
      200: {
        description: "The account, after the change.",
        schema: object.user,
        examples: { cleo: { summary: "A guest", value: example.cleo } },
      },
    },
    refusals: {
      forbidden: "You are not an admin, or may not change this account.",
      not_found: "There is nobody with this id.",
    },
  },
];
