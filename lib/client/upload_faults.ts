/** Why a file was not sent, and whether that may change. Pure. */
import type { ErrorCode } from "../protocol/codes.ts";
import { RequestError } from "./request_error.ts";
import type { Attachment, UploadFault } from "./uploads_model.ts";

/** Trying again changes nothing. */
const FINAL: ReadonlySet<string> = new Set(
  ["too_large", "invalid", "bad_request", "forbidden", "confirm_first", "factor_first"] as const,
);

/** This browser does not have the bytes. */
export class Lost extends Error {}

export function isFinal(error: unknown): error is RequestError {
  return error instanceof RequestError && FINAL.has(error.code);
}

/** The device no longer gives the bytes of what was chosen. */
export class Unreadable extends Error {}

/** Null: it is worth another try. */
export function uploadFaultOf(error: unknown): Attachment["error"] {
  if (error instanceof Unreadable) return { code: "unreadable", message: "" };
  if (error instanceof Lost) return { code: "lost", message: "" };
  if (!isFinal(error) || error.code === "offline") return null;
  const { code, message, limit, scope } = error;
  const isOwn = scope === "user";
  return { code, message, ...(limit !== undefined && { limit }), ...(isOwn && { isOwn }) };
}

/** What happened here has no code of the protocol's. */
export function errorCodeOf(fault: UploadFault): ErrorCode {
  return fault === "lost" || fault === "unreadable" || fault === "too_many" ? "invalid" : fault;
}
