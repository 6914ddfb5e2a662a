/**
 * What the document says about one request of the HTTP interface; `document.ts` turns it into
 * OpenAPI. It knows the shapes of requests and answers; it runs nothing.
 *
 * **How to add a request.** Write the route. Add an `Operation` to its feature's file in
 * `operations/`: the command's name as `id`, a working example of its body, what it answers, and why
 * it may refuse (`refusals.ts` shows what goes without saying). A new answer gets a schema in
 * `objects.ts`, checked against its type. Then add one line to `tests/e2e/openapi_scene.ts`, at the
 * point where the example works, and run `deno task docs`. Until all of this is done, a test fails
 * and says what is missing.
 */
import type * as z from "zod";
import type { CommandName } from "../../chat/chat.ts";
import type { ErrorCode } from "../../protocol/codes.ts";

export type ApiMethod = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

/** How the document groups the requests, in this order. */
export const TAGS = {
  accounts: "Sign up, log in, your own account.",
  sessions: "Where you are signed in.",
  people: "Find people, get one, change an account.",
  invites: "Let people in by a link.",
  rooms: "List, browse, create and change rooms.",
  members: "Who is in a room, and their membership.",
  messages: "Write, edit, delete, react.",
  files: "Upload, describe, list what messages carry.",
  emoji: "Custom emoji, for everybody here.",
  history: "Read messages, page by page.",
  sync: "Catch up on what has changed.",
  reading: "What you have read.",
  threads: "Replies below a message: reading and following them, titles.",
  saved: "Messages you keep for yourself.",
  drafts: "What you have written and not sent.",
  later: "Messages that are sent later, and reminders.",
  audit: "Who did what to whom: for staff.",
  workspace: "What is set for everybody.",
  server: "The server itself.",
} as const;

export type Tag = keyof typeof TAGS;

export interface Parameter {
  schema: z.ZodType;
  /** Its name in the command's input. */
  field: string;
  description: string;
  /** Its value in the example's path. */
  example: string | number;
}

export interface Example {
  summary: string;
  value: unknown;
}

export interface ApiAnswer {
  description: string;
  /** None for an answer without a body. */
  schema?: z.ZodType;
  /** JSON by default; any of what is kept as it came: its answer says which. */
  type?: "text/plain" | "text/csv" | "*/*";
  /** Of a problem whose status is not its code's: which it may be. */
  problem?: readonly ErrorCode[];
  examples?: Record<string, Example>;
  /** Headers that always come with it, and what they mean. */
  headers?: Record<string, string>;
}

export interface ApiOperation {
  /** The name of the command, or of what it asks of `auth`. */
  id: string;
  /** The command of `lib/chat/`, if there is one. It says whether the request is metered. */
  command?: CommandName;
  tag: Tag;
  method: ApiMethod;
  /** With parameters as routes have them: "/api/rooms/:id". */
  path: string;
  summary: string;
  description?: string;
  /** Dangerous, where no command says so: refused to whoever has not confirmed who they are. */
  confirmed?: boolean;
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
    /** By default the command's own, without the fields in the path. */
    schema?: z.ZodType;
    /** Fields the command needs, which the server fills in when omitted. */
    optional?: string[];
    examples: Record<string, Example>;
  };
  /** By status. */
  answers: Record<number, ApiAnswer>;
  /** Why it refuses, beyond what `refusals.ts` says about all requests of its kind. */
  refusals?: Partial<Record<ErrorCode, string>>;
}
