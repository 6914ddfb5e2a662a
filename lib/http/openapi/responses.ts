/** What a request answers with, and why it refuses, as OpenAPI writes it. */
import { ConfabError } from "../../errors.ts";
import { ERROR_STATUS, type ErrorCode } from "../../protocol/codes.ts";
import { problemAnswer } from "../answer.ts";
import type { ApiAnswer, ApiOperation, Example } from "./operation.ts";
import { refusalsOf } from "./refusals.ts";
import { type Json, schemaReference, type Schemas } from "./schemas.ts";

export function responsesOf(operation: ApiOperation, schemas: Schemas): Json {
  return { ...answerObjects(operation, schemas), ...refusalObjects(operation) };
}

function answerObjects({ answers }: ApiOperation, schemas: Schemas): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [status, answerObject(answer, schemas)]),
  );
}

function answerObject(answer: ApiAnswer, schemas: Schemas): Json {
  const { description, schema, type = "application/json", examples, headers, problem } = answer;
  const content = { schema: schema && schemas.answers.get(schema), ...(examples && { examples }) };
  return {
    description,
    ...(headers === undefined ? {} : {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, description]) => [
          name,
          { description, required: true, schema: { type: "string" } },
        ]),
      ),
    }),
    ...(schema === undefined ? {} : { content: { [type]: content } }),
    ...(problem === undefined ? {} : { content: problemContent(problem) }),
  };
}

/** By status: several codes may have the same. Who asks for the head alone gets no body. */
function refusalObjects(operation: ApiOperation): Json {
  const byStatus: Record<string, [ErrorCode, string[]][]> = {};
  for (const [code, sentences] of refusalsOf(operation)) {
    (byStatus[ERROR_STATUS[code]] ??= []).push([code, sentences]);
  }
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, codes]) => [status, {
      description: codes
        .map(([code, sentences]) => `\`${code}\`: ${sentences.join(" Or: ")}`).join("\n\n"),
      ...(["429", "503"].includes(status)
        ? { headers: { "retry-after": { $ref: "#/components/headers/RetryAfter" } } }
        : {}),
      ...(operation.method === "HEAD"
        ? {}
        : { content: problemContent(codes.map(([code]) => code)) }),
    }]),
  );
}

function problemContent(codes: readonly ErrorCode[]): Json {
  return {
    "application/problem+json": {
      schema: {
        allOf: [schemaReference("Problem"), { properties: { code: { enum: codes } } }],
      },
      examples: Object.fromEntries(
        codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]),
      ),
    },
  };
}

/** A problem of each code, as the server writes it. */
export async function problemExamples(): Promise<Record<string, Example>> {
  const codes = Object.keys(ERROR_STATUS) as ErrorCode[];
  return Object.fromEntries(
    await Promise.all(codes.map(async (code) => {
      const more = code === "invalid" ? { errors: [WRONG_FIELD] } : {};
      const error = new ConfabError(code, PROBLEM_SENTENCES[code], more);
      return [code, { summary: code, value: await problemAnswer(error).json() }];
    })),
  );
}

const WRONG_FIELD = { path: "text", message: "must not be empty", reason: "too_short" } as const;

const PROBLEM_SENTENCES: Record<ErrorCode, string> = {
  bad_request: "The body is not valid JSON.",
  unauthenticated: "Sign in first.",
  second_factor: "Now prove it a second time.",
  forbidden: "The request comes from another site.",
  confirm_first: "Show first that it is you: POST /api/me/confirm.",
  factor_first: "Set up a second factor first: POST /api/me/totp.",
  not_found: "There is no such room.",
  conflict: "Another message was sent with this clientId before.",
  other_session: "This page was made for another session.",
  too_large: "The body is larger than 65536 bytes.",
  invalid: "The request does not fit its schema.",
  rate_limited: "You are sending too fast.",
  internal: "Something went wrong on the server.",
  unavailable: "Nothing can be written just now.",
};
