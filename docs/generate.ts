/**
 * Writes what the documentation takes from the code: commands, requests, limits and codes into
 * docs/protocol.md, who imports whom into docs/architecture.md, metrics into docs/metrics.md,
 * settings into README.md and docs/settings.md.
 * `deno task docs` runs it; a test fails where the result is not what is kept.
 */
import { z } from "zod";
import { settingsTable } from "../lib/program/config/config.ts";
import { CLOSE, ERROR_STATUS } from "../lib/protocol/codes.ts";
import { FRAMES } from "../lib/protocol/frames.ts";
import { LIMITS } from "../lib/protocol/limits.ts";
import { createDocument, type OpenApiDocument, openPath } from "../lib/http/openapi/document.ts";
import { API_OPERATIONS } from "../lib/http/openapi/operations/operations.ts";
import { refusalsOf } from "../lib/http/openapi/refusals.ts";
import { bodyName, type Json } from "../lib/http/openapi/schemas.ts";
import { WORKSPACE_KEYS, WORKSPACE_SETTINGS } from "../lib/protocol/workspace.ts";
import { ADMIN_SECTIONS } from "../lib/ui/admin/sections.ts";
import { pageWords } from "../lib/ui/catalogue/pages.ts";
import { BELOW, SECTIONS } from "../lib/ui/settings/sections.ts";
import { metricsTable } from "../lib/metrics/families/all.ts";
import { importTable } from "../tests/support/boundaries.ts";

const ROOT = new URL("../", import.meta.url);

/** Which file holds which generated part, between `<!-- name -->` and `<!-- /name -->`. */
const PARTS: Record<string, Record<string, () => string | Promise<string>>> = {
  "docs/protocol.md": { commands, requests, limits, codes },
  "docs/architecture.md": { imports: importTable },
  "docs/metrics.md": { metrics: metricsTable },
  "README.md": { settings: settingsTable },
  "docs/settings.md": {
    workspace: workspaceSettings,
    staff: () => pagesOf("admin", ADMIN_SECTIONS, pageWords("en").admin.sections),
    own: () =>
      pagesOf("settings", [...SECTIONS, ...Object.keys(BELOW)], pageWords("en").settings.sections),
    settings: settingsTable,
  },
};

/** Every document as it should be, by its path. */
export async function documents(): Promise<Map<string, string>> {
  const entries = Object.entries(PARTS).map(async ([path, parts]) => {
    let text = await Deno.readTextFile(new URL(path, ROOT));
    for (const [name, make] of Object.entries(parts)) text = replacePart(text, name, await make());
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

/** Each with its words and its picture (docs/pictures.ts). */
function workspaceSettings(): string {
  const { workspace } = pageWords("en");
  const labels = { ...workspace.labels, logo: workspace.logo.title };
  const hints: Readonly<Record<string, string>> = { ...workspace.hints, logo: workspace.logo.hint };
  return WORKSPACE_KEYS.map((key) => {
    const { standard, fixedBy } = WORKSPACE_SETTINGS[key];
    const facts = [
      key === "logo"
        ? "`PUT /api/workspace/logo`"
        : `\`${key}\` of \`PATCH /api/workspace/settings\``,
      `until it is set: \`${JSON.stringify(standard)}\``,
      ...(fixedBy === undefined ? [] : [`\`${fixedBy}\` fixes it`]),
    ];
    const label = labels[key];
    return [
      `### ${label}`,
      ...(hints[key] === undefined ? [] : [hints[key]]),
      `${facts.join("; ")}.`,
      `![${label}](pictures/${key}.png)`,
    ].join("\n\n");
  }).join("\n\n");
}

/** The pages of an area, each with its picture. */
function pagesOf(area: string, pages: readonly string[], titles: Record<string, string>): string {
  return pages.map((name) =>
    `### ${titles[name]}\n\n\`/${area}/${name}\`\n\n![${
      titles[name]
    }](pictures/${area}-${name}.png)`
  ).join("\n\n");
}

function commands(): string {
  const rows = Object.entries(FRAMES).map(([name, schema]) => `| ${name} | ${fields(schema)} |`);
  return ["| command | fields |", "| --- | --- |", ...rows].join("\n");
}

/** What every request of a kind may be refused with; said once, above the table. */
const COMMON = {
  caller: ["unauthenticated", "other_session", "internal", "unavailable"],
  anybody: ["internal"],
};
/** Objects that the page describes: the table calls them by name. */
const OBJECTS = ["User", "Me", "Room", "MemberRoom", "Membership", "Message"];

/** Every request, from the document that the server gives out as well. */
async function requests(): Promise<string> {
  const document = await createDocument();
  const rows = API_OPERATIONS.map((operation) => {
    const { method, path, id, summary, description, from } = operation;
    const described = document.paths[openPath(path)]![method.toLowerCase()]!;
    const what = description === undefined
      ? summary
      : `${summary}${summary.endsWith("?") ? "" : "."} ${description}`;
    const refused = [...refusalsOf(operation).keys()].filter((code) =>
      !COMMON[from].includes(code)
    );
    const cells = [`${method} ${path}`, id, what, taken(described, document)];
    return row([...cells, answered(described, document), refused.join(", ")]);
  });
  return [
    "| request | name | what | takes | answers | refuses |",
    "| --- | --- | --- | --- | --- | --- |",
  ]
    .concat(rows).join("\n");
}

/** A bar would end the cell, a line break the table. */
function row(cells: string[]): string {
  const clean = cells.map((cell) => cell.replace(/\s*\n\s*/g, " ").replace(/(?<!\\)\|/g, "\\|"));
  return `| ${clean.map((cell) => cell === "" ? "–" : cell).join(" | ")} |`;
}

function taken({ operationId, parameters }: Json, { components }: OpenApiDocument): string {
  const query = (parameters as Json[]).filter((each) => each.in === "query")
    .map(({ name, required }) => `${name}${required ? "" : "?"}`);
  const body = components.schemas[bodyName(String(operationId))];
  return [
    ...(query.length === 0 ? [] : [`query: ${query.join(", ")}`]),
    ...(body === undefined ? [] : [fieldsOf(body as JsonSchema)]),
  ].join("; ");
}

function answered({ responses }: Json, document: OpenApiDocument): string {
  return Object.entries(responses as Record<string, Json>)
    .filter(([status]) => Number(status) < 300)
    .map(([status, { content }]) => {
      const { schema } = (content as Record<string, { schema: JsonSchema }> | undefined)
        ?.["application/json"] ?? {};
      return schema === undefined ? status : `${status} ${shapeOf(schema, document)}`;
    })
    .join(", ");
}

function shapeOf(schema: JsonSchema, document: OpenApiDocument): string {
  if (schema.anyOf) return schema.anyOf.map((each) => shapeOf(each, document)).join(" or ");
  const name = schema.$ref?.split("/").at(-1);
  if (name !== undefined && OBJECTS.includes(name)) return name;
  const whole = name === undefined ? schema : document.components.schemas[name] as JsonSchema;
  return `{${Object.keys(whole.properties ?? {}).join(", ")}}`;
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
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

function fields(schema: z.ZodType): string {
  // The library's own type allows for every draft; ours are objects of the kind above.
  return fieldsOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema);
}

function fieldsOf(schema: JsonSchema): string {
  return (schema.anyOf ?? schema.oneOf ?? [schema]).map(variant).join(" — or — ");
}

function variant({ properties = {}, required = [] }: JsonSchema): string {
  const named = Object.entries(properties)
    .map(([name, type]) => `${name}${required.includes(name) ? "" : "?"}: ${typeOf(type)}`);
  return named.length === 0 ? "none" : named.join(", ");
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
