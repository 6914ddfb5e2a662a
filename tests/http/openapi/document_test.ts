import assert from "node:assert/strict";
import { createDocument, type OpenApiDocument } from "../../../lib/http/openapi/document.ts";
import { TAGS } from "../../../lib/http/openapi/operation.ts";
import { API_OPERATIONS } from "../../../lib/http/openapi/operations/operations.ts";
import type { Json } from "../../../lib/http/openapi/schemas.ts";
import { loadRoutes } from "../../../lib/program/route_modules.ts";
import { Schemas } from "../../support/documented.ts";
import { differences } from "./described_routes.ts";

const document = await createDocument();
const routes = await loadRoutes();
const schemas = new Schemas(document);

Deno.test("every route is in the document, and nothing else", () => {
  assert.deepEqual(differences(routes, document), []);
});

Deno.test("a route and a method that the document does not know are found, and what no route answers", () => {
  const answer = { handler: { GET: () => null, PUT: () => null } };
  const made = { path: "api/rooms/[id]/colour.ts", module: answer };
  assert.deepEqual(differences([...routes, made], document), [
    "GET /api/rooms/{id}/colour is not in the document.",
    "PUT /api/rooms/{id}/colour is not in the document.",
  ]);
  const fewer = routes.filter(({ path }) => path !== "healthz.ts");
  assert.deepEqual(differences(fewer, document), [
    "GET /healthz is in the document, and no route answers it.",
  ]);
  assert.throws(() => differences([{ path: "api/any.ts", module: { handler() {} } }], document));
});

Deno.test("every operation has a name of its own, a sentence, a known feature", () => {
  const ids = API_OPERATIONS.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const { id, tag, summary, path, parameters = {}, query } of API_OPERATIONS) {
    assert.ok(tag in TAGS && summary.length > 0, id);
    const named = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
    assert.deepEqual(Object.keys(parameters).sort(), named.sort(), `${id}: the path's parameters`);
    if (query === undefined) continue;
    const described = parametersOf(document, id, "query").map(({ name }) => name);
    assert.deepEqual(Object.keys(query.notes).sort(), described.sort(), `${id}: the query's`);
  }
});

Deno.test("every example of a body, an answer and a parameter fits its schema", () => {
  let tried = 0;
  const fits = (what: string, schema: Json, value: unknown) => {
    assert.equal(schemas.faultOf(schema, value), null, what);
    tried += 1;
  };
  for (const { id, operation } of operationsOf(document)) {
    const { requestBody, responses } = operation as { requestBody?: Json; responses: Json };
    for (const part of [requestBody ?? {}, ...Object.values(responses)] as Json[]) {
      for (const { schema, examples } of contentsOf(part)) {
        for (const [name, example] of Object.entries(examples)) {
          fits(`${id}: ${name}`, schema, schemas.resolve(example).value);
        }
      }
    }
    for (const { name, schema, example } of parametersOf(document, id, "path")) {
      fits(`${id}: ${name}`, schema as Json, example);
    }
  }
  assert.ok(tried > 200, String(tried));
});

Deno.test("an answer with a field more, a field less or another type does not fit", () => {
  const user = { ...contentOf("getUser").examples.bob!.value as Json };
  const { schema } = contentOf("getUser");
  assert.equal(schemas.faultOf(schema, user), null);
  assert.match(schemas.faultOf(schema, { ...user, email: "bob@example.org" })!, /additional/);
  assert.match(schemas.faultOf(schema, { ...user, id: "2" })!, /integer/);
  delete user.disabled;
  assert.match(schemas.faultOf(schema, user)!, /disabled/);
});

Deno.test("lengths, counts and patterns of requests are in their schemas", () => {
  const body = (id: string) => {
    const { schema } = contentsOf(operation(id).requestBody as Json)[0]!;
    return schemas.resolve(schema).properties as Record<string, Json>;
  };
  assert.deepEqual(
    [body("signup").username!.minLength, body("signup").username!.maxLength],
    [3, 32],
  );
  // Beside files a text may be empty, here as everywhere.
  const { minLength, maxLength } = body("sendMessage").text!;
  assert.deepEqual([minLength ?? 0, maxLength], [0, 8000]);
  assert.equal(body("sendMessage").clientId!.pattern, "^[A-Za-z0-9_-]{16,64}$");
  const limit = parametersOf(document, "history", "query").find(({ name }) => name === "limit")!;
  assert.deepEqual(limit.schema, { type: "integer", minimum: 1, maximum: 100 });
  // One character to the schema and to the server, two to JavaScript.
  const { schema } = contentsOf(operation("updateMe").requestBody as Json)[0]!;
  assert.equal(schemas.faultOf(schema, { displayName: "👍".repeat(64) }), null);
  assert.notEqual(schemas.faultOf(schema, { displayName: "👍".repeat(65) }), null);
});

function operationsOf({ paths }: OpenApiDocument): { id: string; operation: Json }[] {
  return Object.values(paths).flatMap((item) =>
    Object.values(item).map((operation) => ({ id: String(operation.operationId), operation }))
  );
}

function operation(id: string): Json {
  return operationsOf(document).find((each) => each.id === id)!.operation;
}

function parametersOf(document: OpenApiDocument, id: string, where: string): Json[] {
  const { operation } = operationsOf(document).find((each) => each.id === id)!;
  return (operation.parameters as Json[]).map((each) => schemas.resolve(each))
    .filter((each) => each.in === where);
}

interface Content {
  schema: Json;
  examples: Record<string, Json>;
}

function contentsOf(part: Json): Content[] {
  return Object.values(part.content as Record<string, Content> ?? {})
    .map(({ schema, examples = {} }) => ({ schema, examples }));
}

function contentOf(id: string): Content {
  return contentsOf((operation(id).responses as Record<string, Json>)[200]!)[0]!;
}
