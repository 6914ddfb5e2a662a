/**
 * The HTTP interface as the engine calls it: JSON over the page's own origin and cookie.
 * It must not know what the answers mean.
 */
import { ERROR_STATUS, type ErrorCode, isSessionEnd } from "../protocol/codes.ts";
import type { Environment, HttpAnswer } from "./environment.ts";
import { RequestError, unreachable } from "./request_error.ts";

/**
 * Calls `path` and returns the answer's body (undefined for 204). Rejects with `RequestError`. The
 * caller names the type: the server is trusted to keep the protocol. `anySession` acts for whoever
 * is signed in with this browser, or with this token: only where that is not known yet.
 */
export type Api = <T = void>(
  method: string,
  path: string,
  body?: unknown,
  as?: "anySession",
) => Promise<T>;

export interface ApiOptions {
  environment: Pick<Environment, "fetch">;
  /** Sends the page's session with every request: the cookie may be another's by now. */
  sessionId: number;
  /** And the server's database, since each database counts its sessions from one. */
  instance: string;
  /** A request was refused because the session has ended, or is another's. */
  refused(error: RequestError): void;
}

export function createApi({ environment, sessionId, instance, refused }: ApiOptions): Api {
  return async <T>(
    method: string,
    path: string,
    body?: unknown,
    as?: "anySession",
  ): Promise<T> => {
    const whose: Record<string, string> = {};
    if (as !== "anySession") {
      whose["x-confab-session"] = String(sessionId);
      whose["x-confab-instance"] = instance;
    }
    const answer = await reach(environment, method, path, whose, body);
    if (!answer.ok) {
      const error = await answerProblem(answer);
      if (as !== "anySession" && SESSION_CODES.has(error.code)) refused(error);
      throw error;
    }
    // 204 has no body, and its callers ask for `void`.
    return (answer.status === 204 ? undefined : await answer.json().catch(cutShort)) as T;
  };
}

const SESSION_CODES: ReadonlySet<string> = new Set(["unauthenticated", "other_session"]);

async function reach(
  environment: Pick<Environment, "fetch">,
  method: string,
  path: string,
  whose: Record<string, string>,
  body: unknown,
): Promise<HttpAnswer> {
  const headers: Record<string, string> = { accept: "application/json", ...whose };
  if (body !== undefined) headers["content-type"] = "application/json";
  try {
    return await environment.fetch(path, {
      method,
      headers,
      credentials: "same-origin",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw unreachable();
  }
}

/** The answer began, but broke off or did not finish in time. */
function cutShort(): never {
  throw unreachable();
}

interface Problem {
  code?: ErrorCode;
  detail?: string;
  title?: string;
  errors?: RequestError["errors"];
  reason?: unknown;
  limit?: number;
  scope?: RequestError["scope"];
}

/** The server answers with RFC 9457; a proxy in front of it may answer with anything. */
export async function answerProblem(answer: HttpAnswer): Promise<RequestError> {
  const details = await answer.json().catch(() => null) as Problem | null;
  const code = details?.code ?? codeOf(answer.status);
  const message = details?.detail ?? details?.title ?? `The server answered ${answer.status}.`;
  const reason = isSessionEnd(details?.reason) ? details.reason : undefined;
  return new RequestError(
    code,
    message,
    details?.errors,
    retryAfter(answer),
    reason,
    details?.limit,
    details?.scope,
  );
}

/**
 * In milliseconds; the header has seconds (our server) or a date (some proxies), which is ignored.
 */
function retryAfter({ headers }: HttpAnswer): number | undefined {
  const seconds = Number(headers.get("retry-after") ?? NaN);
  return seconds >= 0 ? seconds * 1_000 : undefined;
}

function codeOf(status: number): ErrorCode {
  if (status === 502 || status === 504) return "unavailable";
  const known = Object.entries(ERROR_STATUS).find(([, value]) => value === status);
  return known === undefined ? "internal" : known[0] as ErrorCode;
}
