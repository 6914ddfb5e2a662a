/** The error of a refused action: the views put it into words, the engine acts on its code. */
import type { ErrorCode, FieldReason, SessionEnd } from "../protocol/codes.ts";

/** The server refused an action, or could not be reached (`code: "offline"`). */
export class RequestError extends Error {
  override readonly name = "RequestError";
  constructor(
    readonly code: ErrorCode | "offline",
    message: string,
    readonly errors: { path: string; message: string; reason?: FieldReason }[] = [],
    /** With `rate_limited` and `unavailable`: milliseconds to wait before retrying. */
    readonly retryAfter?: number,
    /** With `unauthenticated`: why the session ended, if the server knows. */
    readonly reason?: SessionEnd,
    /** With `too_large`: bytes, where it is about a file. */
    readonly limit?: number,
    /** With it: whose limit it is. */
    readonly scope?: "file" | "user" | "all" | "disk",
  ) {
    super(message);
  }
}

/** No answer came, or not a complete one. */
export function unreachable(): RequestError {
  return new RequestError("offline", "The server cannot be reached.");
}

/** A part of the client that comes later: without it, nothing can be reached. */
export function fetched<Part>(part: Promise<Part>): Promise<Part> {
  return part.catch(() => {
    throw unreachable();
  });
}

/** Anything else that is thrown is a fault of ours. */
export function failureCode(error: unknown): RequestError["code"] {
  return error instanceof RequestError ? error.code : "internal";
}
