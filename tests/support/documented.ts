/**
 * Requests as the document describes them. Every answer is held against it: the status, the headers,
 * the body with no field that it does not name. What was seen is kept, so that a test can ask what
 * the document promises and nobody has seen.
 */
import assert from "node:assert/strict";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { OpenApiDocument } from "../../lib/http/openapi/document.ts";
import type { Json } from "../../lib/http/openapi/schemas.ts";

export interface Call {
  params?: Record<string, string | number>;
  query?: string;
  /** Sent as JSON, or as the form that it is; else the document's first example. `null`: none. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
  code: string | null;
}

interface Described {
  method: string;
  path: string;
  operation: Json;
}

export class Documented {
  /** "sendMessage 201", "sendMessage conflict". */
  readonly seen = new Set<string>();
  readonly #operations = new Map<string, Described>();
  readonly #schemas: Schemas;

  constructor(document: OpenApiDocument) {
    this.#schemas = new Schemas(document);
    for (const [path, item] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        this.#operations.set(String(operation.operationId), { method, path, operation });
      }
    }
  }

  get ids(): string[] {
    return [...this.#operations.keys()];
  }

  /** The operation as the document has it. */
  of(id: string): Described {
    const found = this.#operations.get(id);
    if (found === undefined) throw new Error(`The document has no operation "${id}".`);
    return found;
  }

  /** Every status and every code that the document names, as `seen` would have it. */
  promised(): string[] {
    return [...this.#operations].flatMap(([id, { operation }]) =>
      Object.entries(operation.responses as Record<string, Json>).flatMap(([status, response]) => {
        const codes = codesOf(response);
        return codes === null ? [`${id} ${status}`] : codes.map((code) => `${id} ${code}`);
      })
    );
  }

  /** Sends the request with the document's examples, but for what is given. */
  async call(url: string, id: string, call: Call = {}): Promise<Answer> {
    const { method, path, operation } = this.of(id);
    const filled = fillPath(path, operation, call.params ?? {});
    const body = call.body === undefined ? exampleBody(operation) : call.body;
    const response = await fetch(`${url}${filled}${call.query ? `?${call.query}` : ""}`, {
      method: method.toUpperCase(),
      redirect: "manual",
      headers: {
        ...(body === null || body instanceof FormData
          ? {}
          : { "content-type": "application/json" }),
        ...call.headers,
      },
      ...(body === null ? {} : { body: writtenBody(body) }),
    });
    const text = await response.text();
    return this.#check(id, response, text);
  }

  #check(id: string, { status, headers }: Response, text: string): Answer {
    const what = `${id} answered ${status} ${text.slice(0, 500)}`;
    const responses = this.of(id).operation.responses as Record<string, Json>;
    const response = responses[status];
    if (response === undefined) assert.fail(`The document does not know that ${what}`);
    this.#checkHeaders(what, response, headers);
    const content = response.content as Record<string, { schema: Json }> | undefined;
    if (content === undefined) {
      assert.equal(text, "", what);
      this.seen.add(`${id} ${status}`);
      return { status, headers, body: undefined, code: null };
    }
    const [[type, { schema }]] = Object.entries(content) as [[string, { schema: Json }]];
    if (type !== "*/*") assert.equal(headers.get("content-type")?.split(";")[0], type, what);
    const body = /json$/.test(type) ? JSON.parse(text) : text;
    const fault = this.#schemas.faultOf(schema, body);
    assert.equal(fault, null, what);
    const isProblem = type === "application/problem+json";
    this.seen.add(`${id} ${isProblem ? body.code : status}`);
    return { status, headers, body, code: isProblem ? body.code : null };
  }

  #checkHeaders(what: string, response: Json, headers: Headers): void {
    for (const [name, header] of Object.entries(response.headers as Record<string, Json> ?? {})) {
      const { required } = this.#schemas.resolve(header);
      if (required) assert.ok(headers.has(name), `${what}, without ${name}`);
    }
    if (what.includes(" answered 429 ")) assert.match(headers.get("retry-after") ?? "", /^[1-9]/);
  }
}

/** The schemas of a document, closed: a field that they do not name is a fault. */
export class Schemas {
  readonly #ajv = new Ajv2020({ strictTypes: false });
  readonly #document: Json;
  readonly #compiled = new Map<Json, ValidateFunction>();

  constructor(document: OpenApiDocument) {
    this.#document = closed(document);
    this.#ajv.addVocabulary(["components"]);
    this.#ajv.addSchema({ $id: "document", components: this.#document.components }, "document");
  }

  /** What is wrong with the value, or null. */
  faultOf(schema: Json, value: unknown): string | null {
    let validate = this.#compiled.get(schema);
    if (validate === undefined) {
      validate = this.#ajv.compile(absolute(closed(schema)) as Json);
      this.#compiled.set(schema, validate);
    }
    return validate(value) ? null : this.#ajv.errorsText(validate.errors, { dataVar: "it" });
  }

  /** What a `$ref` stands for. */
  resolve(value: Json): Json {
    const { $ref } = value;
    if (typeof $ref !== "string") return value;
    const found = $ref.slice(2).split("/").reduce<unknown>(
      (part, name) => (part as Json | undefined)?.[name],
      this.#document,
    );
    if (found === undefined) throw new Error(`The document has nothing at ${$ref}`);
    return found as Json;
  }
}

function closed<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(closed) as Value;
  if (typeof value !== "object" || value === null) return value;
  const copy: Json = Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, closed(inner)]),
  );
  const isObject = copy.type === "object" && typeof copy.properties === "object";
  if (isObject && copy.additionalProperties === undefined) copy.additionalProperties = false;
  return copy as Value;
}

function absolute(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absolute);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === "$ref" && typeof inner === "string" ? `document${inner}` : absolute(inner),
    ]),
  );
}

function writtenBody(body: unknown): string | FormData {
  if (typeof body === "string" || body instanceof FormData) return body;
  return JSON.stringify(body);
}

function codesOf(response: Json): string[] | null {
  const content = response.content as Record<string, { schema: Json }> | undefined;
  const schema = content?.["application/problem+json"]?.schema;
  if (schema === undefined) return null;
  const [, { properties }] = schema.allOf as [Json, { properties: { code: { enum: string[] } } }];
  return properties.code.enum;
}

function fillPath(path: string, operation: Json, params: Call["params"] & object): string {
  return path.replace(/\{(\w+)\}/g, (_, name) => {
    const described = (operation.parameters as Json[]).find((each) => each.name === name);
    const value = params[name] ?? described?.example;
    if (value === undefined) throw new Error(`${path} has no example for ${name}`);
    return encodeURIComponent(String(value));
  });
}

/** The first example of a request's body; `null` where it has none. */
export function exampleBody(operation: Json): unknown {
  const content = (operation.requestBody as Json | undefined)?.content as
    | Record<string, { examples: Record<string, { value: unknown }> }>
    | undefined;
  const examples = content?.["application/json"]?.examples;
  return examples === undefined ? null : Object.values(examples)[0]!.value;
}
