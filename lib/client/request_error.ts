/** What a refused action fails with: the views say it in words, the engine acts on its code. */
import type { ErrorCode, FieldReason, SessionEnd } from "../protocol/codes.ts";

/** An action that the server refused, or that could not reach it (`code: "offline"`). */
export class RequestError extends Error {
  override readonly name = "RequestError";
  constructor(
    readonly code: ErrorCode | "offline",
    message: string,
    readonly errors: { path: string; message: string; reason?: FieldReason }[] = [],
    /** With `rate_limited` and `unavailable`: milliseconds after which a retry makes sense. */
    readonly retryAfter?: number,
    /** With `unauthenticated`: why the session is gone, where the server knows. */
    readonly reason?: SessionEnd,
  ) {
    super(message);
  }
}

/** No answer came, or none that is whole. */
export function unreachable(): RequestError {
  return new RequestError("offline", "The server cannot be reached.");
}
