/**
 * The HTTP interface as the engine calls it: JSON over the page's own origin and cookie.
 * It must not know what the answers mean.
 */
import { ERROR_STATUS, type ErrorCode } from "../protocol/codes.ts";
import type { Environment, HttpAnswer } from "./environment.ts";
import { RequestError } from "./model.ts";

/**
 * Calls `path` and gives the body of the answer (undefined for 204). Rejects with `RequestError`.
 * The caller names the type: the server is trusted to keep the protocol.
 */
export type Api = <T = void>(method: string, path: string, body?: unknown) => Promise<T>;

export function createApi(environment: Pick<Environment, "fetch">): Api {
  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await reach(environment, method, path, body);
    if (!answer.ok) throw await problem(answer);
    // 204 has no body, and its callers ask for `void`.
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  };
}

async function reach(
  environment: Pick<Environment, "fetch">,
  method: string,
  path: string,
  body: unknown,
): Promise<HttpAnswer> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  try {
    return await environment.fetch(path, {
      method,
      headers,
      credentials: "same-origin",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new RequestError("offline", "The server cannot be reached.");
  }
}

/** RFC 9457 from the server itself; a proxy in front of it may answer with anything. */
async function problem(answer: HttpAnswer): Promise<RequestError> {
  const details = await answer.json().catch(() => null) as
    | { code?: ErrorCode; detail?: string; title?: string; errors?: RequestError["errors"] }
    | null;
  const code = details?.code ?? codeOf(answer.status);
  const message = details?.detail ?? details?.title ?? `The server answered ${answer.status}.`;
  return new RequestError(code, message, details?.errors);
}

function codeOf(status: number): ErrorCode {
  if (status === 502 || status === 504) return "unavailable";
  const known = Object.entries(ERROR_STATUS).find(([, value]) => value === status);
  return known === undefined ? "internal" : known[0] as ErrorCode;
}
