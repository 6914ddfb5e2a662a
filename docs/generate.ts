/**
 * Writes what the documentation takes from the code: commands, bodies, limits and codes into
 * docs/protocol.md, who imports whom into docs/architecture.md, settings into README.md.
 * `deno task docs` runs it; a test fails where the result is not what is kept.
 */
import { z } from "zod";
import { settingsTable } from "../lib/program/config/config.ts";
import { CLOSE, ERROR_STATUS } from "../lib/protocol/codes.ts";
import { FRAMES } from "../lib/protocol/frames.ts";
import { LIMITS } from "../lib/protocol/limits.ts";
import * as accounts from "../lib/protocol/accounts.ts";
import * as members from "../lib/protocol/members.ts";
import * as messages from "../lib/protocol/messages.ts";
import * as reading from "../lib/protocol/reading.ts";
import * as rooms from "../lib/protocol/rooms.ts";
import { importTable } from "../tests/support/boundaries.ts";

const ROOT = new URL("../", import.meta.url);

/** Which file holds which generated part, between `<!-- name -->` and `<!-- /name -->`. */
const PARTS: Record<string, Record<string, () => string>> = {
  "docs/protocol.md": { commands, bodies, limits, codes },
  "docs/architecture.md": { imports: importTable },
  "README.md": { settings: settingsTable },
};

/** Every document as it should be, by its path. */
export async function documents(): Promise<Map<string, string>> {
  const entries = Object.entries(PARTS).map(async ([path, parts]) => {
    let text = await Deno.readTextFile(new URL(path, ROOT));
    for (const [name, make] of Object.entries(parts)) text = replacePart(text, name, make());
    return [path, text] as const;
  });
  return new Map(await Promise.all(entries));
}

/** The formatter would pad the tables, and the document would differ from what is made here. */
const IGNORE = {
  start: "<!-- deno-fmt-ignore-start -->",
  end: "<!-- deno-fmt-ignore-end -->",
};

function replacePart(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start === -1 || end === -1) throw new Error(`The document has no place for "${name}"`);
  const kept = [IGNORE.start, "", content, "", IGNORE.end].join("\n");
  return `${text.slice(0, start + open.length)}\n${kept}\n${text.slice(end)}`;
}

function commands(): string {
  const rows = Object.entries(FRAMES).map(([name, schema]) => `| ${name} | ${fields(schema)} |`);
  return ["| command | fields |", "| --- | --- |", ...rows].join("\n");
}

/** What of an input stands in the path, where there is an `:id`. */
const IN_PATHS = ["room", "message", "userId"];
/** What a body may leave out although the operation has it: the server fills it in. */
const FILLED_IN = ["clientId"];

const BODIES: Record<string, z.ZodType> = {
  "POST /api/signup": accounts.signup,
  "POST /api/login": accounts.login,
  "PATCH /api/me": accounts.updateMe,
  "POST /api/me/password": accounts.changePassword,
  "PATCH /api/users/:id": accounts.updateUser,
  "POST /api/rooms": rooms.createRoom,
  "PATCH /api/rooms/:id": rooms.updateRoom,
  "PATCH /api/rooms/:id/membership": members.updateMembership,
  "POST /api/rooms/:id/messages": messages.sendMessage,
  "PATCH /api/messages/:id": messages.editMessage,
  "PUT /api/me/room": reading.rememberRoom,
  "PUT /api/rooms/:id/read": reading.markRead,
};

function bodies(): string {
  const rows = Object.entries(BODIES).map(([route, schema]) =>
    `| ${route} | ${fields(schema, route.includes(":id") ? IN_PATHS : [], FILLED_IN)} |`
  );
  return ["| request | body |", "| --- | --- |", ...rows].join("\n");
}

function limits(): string {
  const rows = Object.entries(LIMITS).map(([name, value]) => `| ${name} | ${value} |`);
  return ["| limit | value |", "| --- | --- |", ...rows].join("\n");
}

function codes(): string {
  const errors = Object.entries(ERROR_STATUS).map(([code, status]) =>
    `| \`${code}\` | ${status} |`
  );
  const closes = Object.entries(CLOSE).map(([name, code]) => `| ${code} | ${name} |`);
  return ["| code | HTTP |", "| --- | --- |", ...errors, "", "| close code | meaning |"]
    .concat("| --- | --- |", closes).join("\n");
}

/** The part of JSON Schema that our schemas use. */
interface JsonSchema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

function fields(schema: z.ZodType, without: string[] = [], optional: string[] = []): string {
  // The library's own type allows for every draft; ours are objects of the kind above.
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  const variants = json.anyOf ?? json.oneOf ?? [json];
  return variants.map((variant) => fieldsOf(variant, without, optional)).join(" — or — ");
}

function fieldsOf(
  { properties = {}, required = [] }: JsonSchema,
  without: string[],
  optional: string[],
): string {
  const named = Object.entries(properties).filter(([name]) => !without.includes(name));
  if (named.length === 0) return "none";
  return named
    .map(([name, type]) =>
      `${name}${required.includes(name) && !optional.includes(name) ? "" : "?"}: ${typeOf(type)}`
    )
    .join(", ");
}

function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(" \\| ");
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants !== undefined) return variants.map(typeOf).join(" \\| ");
  if (schema.type === "array") return `[${typeOf(schema.items ?? {})}]`;
  return schema.type ?? "object";
}

if (import.meta.main) {
  for (const [path, text] of await documents()) await Deno.writeTextFile(new URL(path, ROOT), text);
}
