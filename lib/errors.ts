/**
 * The one error type that crosses module borders: a code for machines, a sentence for people.
 * It must not know HTTP or WebSocket libraries; it only says which status a code means.
 *
 * Anything else that is thrown is a fault of ours: it is logged and reaches people as `internal`.
 */
import {
  ERROR_STATUS,
  type ErrorCode,
  type FieldReason,
  type SessionEnd,
} from "./protocol/codes.ts";

/** A field of a request's body or a frame that was refused: `path` is dotted ("users.0"). */
export interface FieldError {
  path: string;
  /** For developers. */
  message: string;
  /** For programs: which sentence to show at the field. */
  reason: FieldReason;
}

/** An error that may be shown to the person who caused it. */
export class ConfabError extends Error {
  override readonly name = "ConfabError";
  readonly code: ErrorCode;
  /** Where fields are the cause (`invalid`, a name that is taken): which, and why each. */
  readonly errors: FieldError[] | undefined;
  /** With `rate_limited` and `unavailable`: milliseconds after which a retry makes sense. */
  readonly retryAfter: number | undefined;
  /** With `unavailable`: too much was asked at once, and nothing of ours failed. */
  readonly busy: boolean;
  /** With `unauthenticated`: why the session that was brought is gone, where that is known. */
  readonly sessionEnd: SessionEnd | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    more: {
      errors?: FieldError[];
      retryAfter?: number;
      sessionEnd?: SessionEnd | undefined;
      busy?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.errors = more.errors;
    this.retryAfter = more.retryAfter;
    this.busy = more.busy ?? false;
    this.sessionEnd = more.sessionEnd;
  }

  /** The HTTP status of this error's code. */
  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

/** What a caller may not see answers exactly as what does not exist. */
export function notFound(what: string): ConfabError {
  return new ConfabError("not_found", `There is no such ${what}.`);
}

/** Turns anything thrown into an error that is safe to show: strangers become `internal`. */
export function toConfabError(thrown: unknown): ConfabError {
  if (thrown instanceof ConfabError) return thrown;
  return new ConfabError("internal", "Something went wrong on the server.", { cause: thrown });
}
