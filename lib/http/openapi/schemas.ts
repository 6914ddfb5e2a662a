/**
 * The schemas of requests and answers as JSON Schema (2020-12, which OpenAPI 3.1 uses): requests as
 * they are checked, answers as in `objects.ts`.
 */
import * as z from "zod";
import { COMMAND_TABLE } from "../../chat/chat.ts";
import { fieldNotes } from "./inputs.ts";
import { NAMED } from "./objects.ts";
import type { ApiOperation } from "./operation.ts";

/** A part of the document, or a JSON Schema: both are plain JSON. */
export type Json = Record<string, unknown>;

export interface Schemas {
  /** What `components.schemas` holds. */
  named: Record<string, Json>;
  /** An answer's schema: a reference such as `Message`, or one composed of several. */
  answers: Map<z.ZodType, Json>;
}

/** All schemas at once, so that each is written once and the others refer to it. */
export function schemasOf(operations: readonly ApiOperation[]): Schemas {
  const given = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) given.add(schema, { id });
  const unnamed = operations.flatMap(({ answers }) => Object.values(answers))
    .flatMap(({ schema }) => schema === undefined || given.has(schema) ? [] : [schema]);
  for (const [index, schema] of unnamed.entries()) given.add(schema, { id: `unnamed ${index}` });
  const made = jsonSchemas(given, { io: "output", metadata: z.globalRegistry });

  const asked = z.registry<{ id: string }>();
  const withBody = operations.filter(({ body }) => body !== undefined);
  for (const operation of withBody) asked.add(inputOf(operation), { id: bodyName(operation.id) });
  const inputs = jsonSchemas(asked, { io: "input", metadata: fieldNotes() });
  const bodies = Object.fromEntries(
    withBody.map((each) => [bodyName(each.id), bodyOf(each, inputs[bodyName(each.id)]!)]),
  );

  const named: Record<string, Json> = {};
  for (const name of Object.keys(NAMED)) named[name] = open(made[name]!);
  const answers = new Map<z.ZodType, Json>();
  for (const [name, schema] of Object.entries(NAMED)) answers.set(schema, schemaReference(name));
  for (const [index, schema] of unnamed.entries()) {
    answers.set(schema, open(made[`unnamed ${index}`]!));
  }
  return { named: { ...named, ...bodies }, answers };
}

function inputOf({ id, body, command }: ApiOperation): z.ZodType {
  const schema = body?.schema ?? (command && COMMAND_TABLE[command].schema);
  if (schema === undefined) throw new Error(`The body of "${id}" has no schema.`);
  return schema;
}

/** The part of an input that is in the body; the rest is in the path. */
function bodyOf({ parameters = {}, body }: ApiOperation, input: Json): Json {
  const { properties, required, ...rest } = input as Json & {
    properties?: Json;
    required?: string[];
  };
  if (properties === undefined) return input;
  const inPath = Object.values(parameters).map(({ field }) => field);
  const needed = (required ?? []).filter((name) =>
    !inPath.includes(name) && !body?.optional?.includes(name)
  );
  const shown = Object.entries(properties).filter(([name]) => !inPath.includes(name));
  return {
    ...rest,
    properties: Object.fromEntries(shown),
    ...(needed.length === 0 ? {} : { required: needed }),
  };
}

export function bodyName(id: string): string {
  return `${id.charAt(0).toUpperCase()}${id.slice(1)}Body`;
}

export const schemaReference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

function jsonSchemas(
  registry: z.core.$ZodRegistry<{ id: string }>,
  options: { io: "input" | "output"; metadata: unknown },
): Record<string, Json> {
  const { schemas } = z.toJSONSchema(registry, {
    uri: (id) => `#/components/schemas/${id}`,
    unrepresentable: "any",
    ...options,
    metadata: options.metadata as z.core.$ZodRegistry<Json>, // any registry of notes will do
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [
      name,
      tidy(schema) as Json,
    ]),
  );
}

/**
 * Drops JavaScript's own bounds: they say nothing about Confab. And a format that says again what the
 * encoding of the content says, in a word that JSON Schema does not have.
 */
export function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([, inner]) => Math.abs(inner as number) !== Number.MAX_SAFE_INTEGER)
    .filter(([name]) => !(name === "format" && "contentEncoding" in value))
    .map(([name, inner]) => {
      if (name === "exclusiveMinimum" && inner === 0) return ["minimum", 1] as const;
      return [name, tidy(inner)] as const;
    });
  return Object.fromEntries(entries);
}

/** Answers may get more fields; nobody should rely on there being no others. */
function open<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(open) as Value;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([name, inner]) => !(name === "additionalProperties" && inner === false))
    .map(([name, inner]) => [name, open(inner)]);
  return Object.fromEntries(entries);
}
