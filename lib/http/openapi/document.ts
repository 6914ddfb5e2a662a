/**
 * The description of the HTTP interface (OpenAPI 3.1), made from the table of operations and the
 * schemas that check requests. It is loaded on request and by tools, never at startup.
 */
import * as z from "zod";
import { fieldNotes } from "./inputs.ts";
import { type ApiOperation, TAGS } from "./operation.ts";
import { API_OPERATIONS } from "./operations/operations.ts";
import { OVERVIEW, TITLE, VERSION } from "./overview.ts";
import { problemExamples, responsesOf } from "./responses.ts";
import { bodyName, type Json, schemaReference, type Schemas, schemasOf, tidy } from "./schemas.ts";

export interface OpenApiDocument extends Json {
  paths: Record<string, Record<string, Json>>;
  components: { schemas: Record<string, Json> } & Json;
}

/** Describes these operations: all of them, unless a test passes others. */
export async function createDocument(
  operations: readonly ApiOperation[] = API_OPERATIONS,
): Promise<OpenApiDocument> {
  const schemas = schemasOf(operations);
  const paths: OpenApiDocument["paths"] = {};
  for (const operation of operations) {
    const item = paths[openPath(operation.path)] ??= {};
    item[operation.method.toLowerCase()] = operationObject(operation, schemas);
  }
  return {
    openapi: "3.1.0",
    info: { title: TITLE, version: VERSION, description: OVERVIEW },
    servers: [{ url: "/" }],
    security: [{ token: [] }, { cookie: [] }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: schemas.named,
      parameters: CLAIMS,
      headers: { RetryAfter: RETRY_AFTER },
      examples: await problemExamples(),
      securitySchemes: SECURITY,
    },
  };
}

/** "/api/rooms/:id" is "/api/rooms/{id}" here. */
export function openPath(path: string): string {
  return path.replace(/:(\w+)/g, "{$1}");
}

const SECURITY = {
  token: { type: "http", scheme: "bearer", description: "The `token` of a login." },
  cookie: {
    type: "apiKey",
    in: "cookie",
    name: "confab_INSTANCE",
    description: "The session's cookie. Its name is this server's own: `confab_` and twelve " +
      "hexadecimal digits, over TLS prefixed with `__Host-`. A browser sends it by itself.",
  },
};

const CLAIMS = {
  Session: {
    name: "X-Confab-Session",
    in: "header",
    description: "The session a page acts for: `sessionId` of `GET /api/me`. " +
      "If it is not the request's own, the answer is 409 `other_session`.",
    schema: { type: "string" },
  },
  Instance: {
    name: "X-Confab-Instance",
    in: "header",
    description: "The database the page came from: `instance` of `GET /api/me`.",
    schema: { type: "string" },
  },
};

const RETRY_AFTER = {
  description: "How many seconds to wait before trying again.",
  schema: { type: "integer", minimum: 1 },
};

function operationObject(operation: ApiOperation, schemas: Schemas): Json {
  const { id, tag, summary, description, from, body } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(from === "anybody" ? { security: [] } : {}),
    parameters: [...pathParameters(operation), ...queryParameters(operation), ...claims(operation)],
    ...(body === undefined ? {} : {
      requestBody: {
        required: true,
        content: {
          "application/json": { schema: schemaReference(bodyName(id)), examples: body.examples },
        },
      },
    }),
    responses: responsesOf(operation, schemas),
  };
}

function pathParameters({ parameters = {} }: ApiOperation): Json[] {
  return Object.entries(parameters).map(([name, { schema, description, example }]) => {
    const { $schema: _, description: __, ...json } = z.toJSONSchema(schema);
    return { name, in: "path", required: true, description, schema: tidy(json), example };
  });
}

function queryParameters({ query }: ApiOperation): Json[] {
  if (query === undefined) return [];
  // As numbers and lists, which is what the strings are parsed to.
  const json = tidy(z.toJSONSchema(query.schema, {
    io: "output",
    unrepresentable: "any",
    metadata: fieldNotes(),
  })) as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(json.properties ?? {}).map(([name, { description: _, ...schema }]) => ({
    name,
    in: "query",
    required: json.required?.includes(name) ?? false,
    description: query.notes[name],
    ...(schema.type === "array" ? { style: "form", explode: false } : {}),
    schema,
  }));
}

function claims({ from }: ApiOperation): Json[] {
  if (from === "anybody") return [];
  return Object.keys(CLAIMS).map((name) => ({ $ref: `#/components/parameters/${name}` }));
}
