/**
 * The codes of the protocol: errors with their HTTP status, and WebSocket close codes.
 * Shared with the browser; imports nothing.
 */

/** Every error code, with the HTTP status it answers with. */
export const ERROR_STATUS = {
  bad_request: 400,
  unauthenticated: 401,
  /** The first proof was right: the answer says by which ticket the second one follows. */
  second_factor: 401,
  forbidden: 403,
  /** Allowed, but not before the caller has shown once more who they are. */
  confirm_first: 403,
  /** The host requires a second factor: set one up first. */
  factor_first: 403,
  not_found: 404,
  conflict: 409,
  /** The page was made for a session other than the cookie's: it must reload. */
  other_session: 409,
  too_large: 413,
  invalid: 422,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/**
 * Why a field was refused, beside the sentence for developers, so that a page can say it in its
 * reader's language.
 */
export type FieldReason =
  | "missing"
  /** There is no such field. */
  | "unknown"
  | "malformed"
  | "too_short"
  | "too_long"
  | "controls"
  | "blank"
  | "characters"
  | "invisible"
  /** The name means many people at once: `@room`. */
  | "reserved"
  /** Another user or room has this name. */
  | "taken"
  /** It looks like the name of another user or room. */
  | "looks_like"
  /** The password is one of the most common ones. */
  | "common"
  /** The password is the username. */
  | "own_name"
  /** The current password is wrong. */
  | "wrong"
  /** Whoever has this name has asked to join, and staff have not decided yet. */
  | "waiting"
  /** The same, and staff have refused. */
  | "refused"
  /** It is no e-mail address. */
  | "address"
  /** None of these; `message` says it. */
  | "invalid";

/** WebSocket close codes (RFC 6455, section 7.4; 4000–4999 are ours). */
export const CLOSE = {
  goingAway: 1001,
  frameTooLarge: 1009,
  restarting: 1012,
  tooSlow: 1013,
  badFrames: 4400,
  unauthenticated: 4401,
  banned: 4403,
  noPong: 4408,
  tooMany: 4429,
} as const;

export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];

/** After these codes a client must not reconnect by itself: its session has ended or is banned. */
export function isFinalClose(code: number): boolean {
  return code === CLOSE.unauthenticated || code === CLOSE.banned;
}

/**
 * Why a session ended: the reason text of a close with 4401 or 4403, and `reason` of a 401, if
 * known. In order: signed out in this browser; signed out from another device; a new password; the
 * account was disabled; the session expired.
 */
export const SESSION_ENDS = ["logout", "revoked", "password", "disabled", "expired"] as const;

export type SessionEnd = (typeof SESSION_ENDS)[number];

export function isSessionEnd(value: unknown): value is SessionEnd {
  return (SESSION_ENDS as readonly unknown[]).includes(value);
}
