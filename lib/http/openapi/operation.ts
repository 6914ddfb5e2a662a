/**
 * What the document says of one request of the HTTP interface. `document.ts` makes OpenAPI of it. It
 * knows the shapes of requests and answers; it runs nothing.
 *
 * **How to add a request.** Write the route. Add an `Operation` to the file of its feature in
 * `operations/`: the command's name as `id`, an example of its body that works, what it answers, and why it may refuse (see `refusals.ts` for what need not be said). A new answer
 * gets a schema in `objects.ts`, checked against its type. Then add one line to
 * `tests/e2e/openapi_scene.ts`, at the place where the example works, and run `deno task docs`.
 * Until all of this is there, a test fails and says what is missing.
 */
import type * as z from "zod";
import type { CommandName } from "../../chat/chat.ts";
import type { ErrorCode } from "../../protocol/codes.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** How the document groups the requests, in this order. */
export const TAGS = {
  accounts: "Sign up, log in, one's own account.",
  sessions: "Where one is signed in.",
  people: "Who is here: find people, look at one, change an account.",
  rooms: "Rooms: list, browse, make, change.",
  members: "Who is in a room, and how a member sees it.",
  messages: "Write, edit, delete, react.",
  history: "Read what was written, by pages.",
  sync: "Catch up: what has changed since.",
  reading: "What has been read.",
  saved: "Messages that one keeps for oneself.",
  server: "The server itself.",
} as const;

export type Tag = keyof typeof TAGS;

export interface Parameter {
  schema: z.ZodType;
  /** Its name in the command's input. */
  field: string;
  description: string;
  /** As it stands in the address of the example. */
  example: string | number;
}

export interface Example {
  summary: string;
  value: unknown;
}

export interface Answer {
  description: string;
  /** None for an answer without a body. */
  schema?: z.ZodType;
  examples?: Record<string, Example>;
  /** Headers that always come with it, and what they say. */
  headers?: Record<string, string>;
}

export interface Operation {
  /** The name of the command, or of what it asks of `auth`. */
  id: string;
  /** The command of `lib/chat/`, where there is one. It says whether the request is metered. */
  command?: CommandName;
  tag: Tag;
  method: Method;
  /** With parameters as routes have them: "/api/rooms/:id". */
  path: string;
  summary: string;
  description?: string;
  /** `caller`: needs a session. `anybody`: needs none. */
  from: "caller" | "anybody";
  parameters?: Record<string, Parameter>;
  /** The query's schema, with a sentence for each parameter and the examples' values. */
  query?: {
    schema: z.ZodType;
    notes: Record<string, string>;
    /** Whole queries that work, each without its "?". */
    examples: string[];
  };
  body?: {
    /** Else the command's own, without what stands in the path. */
    schema?: z.ZodType;
    /** What the command needs, and the server fills in where it is left out. */
    optional?: string[];
    examples: Record<string, Example>;
  };
  /** By status. */
  answers: Record<number, Answer>;
  /** Why it refuses, beyond what `refusals.ts` says of all requests of its kind. */
  refusals?: Partial<Record<ErrorCode, string>>;
}
