/** Answers in JSON: results, and errors as problems (RFC 9457). It knows no route. */
import { type ConfabError, toConfabError } from "../errors.ts";
import type { ErrorCode } from "../protocol/codes.ts";
import type { JsonText } from "../protocol/json_text.ts";

/** The kind of error, as people read it; the sentence goes in `detail`. */
const TITLES: Record<ErrorCode, string> = {
  bad_request: "Bad request",
  unauthenticated: "Not signed in",
  second_factor: "Second factor needed",
  forbidden: "Not allowed",
  confirm_first: "Confirm first",
  factor_first: "Second factor required",
  not_found: "Not found",
  conflict: "Conflict",
  other_session: "Another session",
  too_large: "Too large",
  invalid: "Invalid",
  rate_limited: "Too many requests",
  internal: "Internal error",
  unavailable: "Unavailable",
};

/** For what has another address whenever it changes. */
export const KEPT_FOR_EVER = "public, max-age=31536000, immutable";

export function json(data: unknown, status = 200, headers: HeadersInit = {}): Response {
  return Response.json(data, { status, headers });
}

/** What is JSON already. */
export function jsonText(
  text: JsonText<unknown>,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(text, { headers: { "content-type": "application/json", ...headers } });
}

/**
 * A small picture whose address changes with it: kept for ever by the browser of whoever may see it,
 * and by nobody else.
 */
export function keptPicture(body: BodyInit, type: string, size?: number): Response {
  return new Response(body, {
    headers: {
      "content-type": type,
      ...(size === undefined ? {} : { "content-length": String(size) }),
      "content-security-policy": "default-src 'none'; sandbox",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": KEPT_FOR_EVER.replace("public", "private"),
    },
  });
}

export function noContent(headers: HeadersInit = {}): Response {
  return new Response(null, { status: 204, headers });
}

/** `application/problem+json` with our `code`; of an internal error, only that it happened. */
export function problemAnswer(thrown: unknown, status?: number): Response {
  const error = toConfabError(thrown);
  const body = {
    type: "about:blank",
    title: TITLES[error.code],
    status: status ?? error.status,
    detail: error.message,
    code: error.code,
    ...(error.errors === undefined ? {} : { errors: error.errors }),
    ...error.room,
    ...(error.sessionEnd === undefined ? {} : { reason: error.sessionEnd }),
    ...error.secondFactor,
  };
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { "content-type": "application/problem+json", ...retryAfter(error) },
  });
}

/** The header for an error that time heals: whole seconds, as HTTP counts them, at least one. */
export function retryAfter(error: ConfabError): Record<string, string> {
  if (error.retryAfter === undefined) return {};
  return { "retry-after": String(Math.max(1, Math.ceil(error.retryAfter / 1000))) };
}
