/**
 * Who may give the place away, and to whom: rules as those of `permissions.ts`. Shared with the
 * browser; imports nothing but types.
 */
import type { UserFacts, Verdict } from "./permissions.ts";

/** Give it away at all: only its owner. */
export function mayOwn(user: UserFacts): Verdict {
  return !user.disabled && user.role === "owner" ? "allowed" : "refused";
}

/** To a member, an admin or another owner, who can sign in. */
export function mayHandOver(user: UserFacts, account: UserFacts & { isOwn: boolean }): Verdict {
  if (mayOwn(user) !== "allowed" || account.isOwn || account.disabled) return "refused";
  return ["member", "admin", "owner"].includes(account.role) ? "allowed" : "refused";
}
