/**
 * What signup, login and password changes refuse, and in which words: each error names its field
 * and its reason. It must not know stores, counts or sessions.
 */
import { ConfabError, type FieldError } from "../errors.ts";
import type { SignupMode } from "../protocol/workspace.ts";
import { isCommonPassword, isOwnName } from "./common_passwords.ts";

export function refuseSignup(mode: SignupMode): ConfabError {
  if (mode !== "invite") return new ConfabError("forbidden", "Signing up is closed here.");
  const message = "New accounts need an invitation.";
  return new ConfabError("forbidden", message, {
    errors: [{ path: "invite", message, reason: "missing" }],
  });
}

export function refuseWeakPassword(password: string, username: string): void {
  const fault: Omit<FieldError, "path"> | null = isOwnName(password, username)
    ? { message: "must not be the username", reason: "own_name" }
    : isCommonPassword(password)
    ? { message: "is among the most common passwords", reason: "common" }
    : null;
  if (fault === null) return;
  throw new ConfabError("invalid", "Choose another password.", {
    errors: [{ path: "password", ...fault }],
  });
}

/** @param path the field in which it was typed */
export function wrongCurrent(path: string): ConfabError {
  const message = "The current password is wrong.";
  return new ConfabError("forbidden", message, {
    errors: [{ path, message, reason: "wrong" }],
  });
}

export function missingPassword(): ConfabError {
  const message = "The password is missing.";
  return new ConfabError("invalid", message, {
    errors: [{ path: "password", message, reason: "missing" }],
  });
}

/** Of the second factor; one that was used before is as wrong. */
export function wrongCode(code: "forbidden" | "unauthenticated"): ConfabError {
  const message = "The code is wrong, or was used before.";
  return new ConfabError(code, message, { errors: [{ path: "code", message, reason: "wrong" }] });
}

export function wrongLogin(): ConfabError {
  return new ConfabError("unauthenticated", "Wrong username or password.");
}
