/**
 * The only error type that crosses module borders: a code for machines, a sentence for people. It
 * must not know HTTP or WebSocket libraries; it only says which status a code means.
 *
 * Anything else thrown is a bug of ours: it is logged, and people see `internal`.
 */
import {
  ERROR_STATUS,
  type ErrorCode,
  type FieldReason,
  type SessionEnd,
} from "./protocol/codes.ts";
import type { SecondFactor } from "./protocol/ways_in.ts";

/** A refused field of a request's body or a frame; `path` is dotted ("users.0"). */
export interface FieldError {
  path: string;
  /** For developers. */
  message: string;
  /** For programs: which message to show at the field. */
  reason: FieldReason;
}

/** What there was no room for: of a file, of one person's files, of everybody's, on the disk. */
export interface FileRoom {
  /** Bytes. */
  limit: number;
  scope: "file" | "user" | "all" | "disk";
}

/** An error that may be shown to the person who caused it. */
export class ConfabError extends Error {
  override readonly name = "ConfabError";
  readonly code: ErrorCode;
  /** If fields are the cause (`invalid`, a name that is taken): which, and why. */
  readonly errors: FieldError[] | undefined;
  /** With `rate_limited` and `unavailable`: milliseconds to wait before retrying. */
  readonly retryAfter: number | undefined;
  /** With `unavailable`: too much load; nothing of ours failed. */
  readonly busy: boolean;
  /** With `too_large`: which limit, in bytes, and whose; `disk`: what is to stay free there. */
  readonly room: FileRoom | undefined;
  /** With `unauthenticated`: why the request's session ended, if known. */
  readonly sessionEnd: SessionEnd | undefined;
  /** With `second_factor`: by which ticket it follows, and what the account has. */
  readonly secondFactor: { ticket: string; methods: SecondFactor[] } | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    more: {
      errors?: FieldError[];
      retryAfter?: number;
      sessionEnd?: SessionEnd | undefined;
      secondFactor?: { ticket: string; methods: SecondFactor[] };
      busy?: boolean;
      room?: FileRoom;
      cause?: unknown;
    } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.errors = more.errors;
    this.retryAfter = more.retryAfter;
    this.busy = more.busy ?? false;
    this.room = more.room;
    this.sessionEnd = more.sessionEnd;
    this.secondFactor = more.secondFactor;
  }

  /** The HTTP status of this error's code. */
  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

export function fileTooLarge(limit: number): ConfabError {
  return new ConfabError("too_large", `A file may have at most ${limit} bytes.`, {
    room: { limit, scope: "file" },
  });
}

/** What a caller may not see gets exactly the same answer as what does not exist. */
export function notFound(what: string): ConfabError {
  return new ConfabError("not_found", `There is no such ${what}.`);
}

/** Used up, over, taken back, or never there: one answer. */
export function noInvite(): ConfabError {
  const message = "This invitation is not valid, or not any more.";
  return new ConfabError("not_found", message, {
    errors: [{ path: "invite", message, reason: "wrong" }],
  });
}

/** The host requires a second factor of whoever lacks one. */
export function factorFirst(): ConfabError {
  return new ConfabError("factor_first", "Set up a second factor first: POST /api/me/totp.");
}

/** Whoever may do it has not shown for a while who they are. */
export function confirmFirst(): ConfabError {
  return new ConfabError("confirm_first", "Show first that it is you: POST /api/me/confirm.");
}

/** Turns anything thrown into an error that is safe to show: unknown errors become `internal`. */
export function toConfabError(thrown: unknown): ConfabError {
  if (thrown instanceof ConfabError) return thrown;
  return new ConfabError("internal", "Something went wrong on the server.", { cause: thrown });
}
