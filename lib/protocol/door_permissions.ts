/**
 * Who may let others in, and who comes in where a provider decides: rules beside those of
 * `permissions.ts`, and asked in the same way.
 */
import {
  allowedIf,
  isStaff,
  mayAdd,
  maySeeRoom,
  type Standing,
  type UserFacts,
  type Verdict,
} from "./permissions.ts";

/** Who may invite besides staff, as the host says. */
export type Inviters = "staff" | "members";

/** Invite people into the chat. */
export function mayInvite(user: UserFacts, inviters: Inviters): Verdict {
  if (user.disabled) return "refused";
  return allowedIf(isStaff(user.role) || (inviters === "members" && user.role === "member"));
}

/**
 * Invite people into this room: where one may add somebody, and into a public room, which they could
 * join by themselves.
 */
export function mayInviteTo(standing: Standing): Verdict {
  const see = maySeeRoom(standing);
  if (see !== "allowed") return see;
  const isOpen = standing.kind === "public" && !standing.archived;
  return isOpen ? allowedIf(standing.user.role !== "guest") : mayAdd(standing);
}

/** Take an invitation back. What others made is not there for who is not staff. */
export function mayRevokeInvite(user: UserFacts, invite: { isOwn: boolean }): Verdict {
  if (user.disabled) return "refused";
  return invite.isOwn || isStaff(user.role) ? "allowed" : "hidden";
}

/** See who asks to join, and let them in or refuse. */
export function mayDecideRequests(user: UserFacts): Verdict {
  return allowedIf(!user.disabled && isStaff(user.role));
}

/** Come in with what is kept here, where a provider lets in everybody else: the way that is left. */
export function mayComeByItself(user: UserFacts): Verdict {
  return allowedIf(!user.disabled && user.role === "owner");
}

/** Be given a role by what a provider says of them: never the owner, whom nobody could put back. */
export function mayFollowProvider(user: UserFacts): Verdict {
  return allowedIf(!user.disabled && user.role !== "owner" && user.role !== "bot");
}
