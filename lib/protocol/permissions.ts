/**
 * Who may do what: every rule about people and rooms, as pure verdicts from facts. The store asks
 * inside its transactions, so that no removal can slip between the check and the change; the
 * browser asks to know which buttons to show. Imports nothing but the protocol's types.
 */
import type { MemberRole } from "./members.ts";
import type { UserRole } from "./people.ts";
import type { RoomKind } from "./rooms.ts";
import type { Timestamp } from "./time.ts";

/** What rules need to know about an account. A `User` has it. */
export interface UserFacts {
  role: UserRole;
  disabled: boolean;
}

/** A user's relation to a room. `member` is null for non-members. */
export interface Standing {
  user: UserFacts;
  kind: RoomKind;
  archived: boolean;
  member: MemberRole | null;
  /** A direct room created for three or more people. */
  group: boolean;
}

/** What rules need to know about a message in such a room. */
export interface MessageFacts {
  isAuthor: boolean;
  deleted: boolean;
}

/**
 * `hidden`: it must look as if it did not exist. `refused`: the user may know it exists, but not
 * use it.
 */
export type Verdict = "allowed" | "refused" | "hidden";

export const allowedIf = (condition: boolean): Verdict => condition ? "allowed" : "refused";

// Users

/**
 * Do anything at all. A disabled account's sessions have ended, but a request may be on its way.
 */
export function mayAct(user: UserFacts): Verdict {
  return allowedIf(!user.disabled);
}

/** Create an account; if signup is closed, only the first one, or with an invitation. */
export function maySignUp(
  instance: { open: boolean; empty: boolean; invited?: boolean },
): Verdict {
  return allowedIf(instance.open || instance.empty || instance.invited === true);
}

/** Browse public rooms to join. Guests are added to rooms instead. */
export function mayBrowse(user: UserFacts): Verdict {
  return unlessGuest(user);
}

/** Create a room, or open a direct one. `makers`: whom the workspace lets make rooms of its kind. */
export function mayMakeRoom(user: UserFacts, makers: "members" | "staff" = "members"): Verdict {
  return makers === "staff" ? mayAdminister(user) : unlessGuest(user);
}

/** Search everybody by name. Guests search the members of their rooms. */
export function maySearchPeople(user: UserFacts): Verdict {
  return unlessGuest(user);
}

/** Whether this user may see everybody: a guest sees only people in the same rooms. */
export function knowsEverybody(user: UserFacts): boolean {
  return user.role !== "guest";
}

/** See a person's profile. `acquainted`: it is their own, or they share a room. */
export function maySeeUser(user: UserFacts, acquainted: boolean): Verdict {
  if (user.disabled) return "refused";
  return knowsEverybody(user) || acquainted ? "allowed" : "hidden";
}

/** Write to somebody, or add them to a room: nobody uses a disabled account. */
export function mayReach(other: UserFacts): Verdict {
  return other.disabled ? "hidden" : "allowed";
}

export function isStaff(role: UserRole): boolean {
  return role === "owner" || role === "admin";
}

/** See the pages for staff, and read the audit log. */
export function mayAdminister(user: UserFacts): Verdict {
  return allowedIf(!user.disabled && isStaff(user.role));
}

/** Change other people's accounts at all. */
export function mayChangeAccounts(user: UserFacts): Verdict {
  return mayAdminister(user);
}

/**
 * Change this account's role, or disable it. Never your own, so that the last admin cannot lock
 * everybody out by mistake; never the owner's; an admin's only by the owner.
 */
export function mayChangeAccount(
  user: UserFacts,
  account: { role: UserRole; isOwn: boolean },
): Verdict {
  const change = mayChangeAccounts(user);
  if (change !== "allowed") return change;
  if (account.isOwn || account.role === "owner") return "refused";
  return allowedIf(account.role !== "admin" || user.role === "owner");
}

function unlessGuest(user: UserFacts): Verdict {
  return allowedIf(!user.disabled && user.role !== "guest");
}

/** How long dangerous acts are allowed after somebody has proven who they are, in milliseconds. */
export const CONFIRMED_FOR = 15 * 60_000;

/**
 * Do what could take an account or the server over. `confirmedAt`: when the session last proved who
 * its holder is; a page left open must not be enough. A clock that was set back must not make it
 * last, so what lies ahead by as much is not believed either.
 */
export function mayEndanger(confirmedAt: Timestamp | null | undefined, now: Timestamp): Verdict {
  if (confirmedAt === null || confirmedAt === undefined) return "refused";
  return allowedIf(Math.abs(now - confirmedAt) < CONFIRMED_FOR);
}

// Rooms

/** See the room's name, topic and size, and its last messages before joining it. */
export function maySeeRoom(standing: Standing): Verdict {
  if (standing.user.disabled) return "refused";
  if (standing.member !== null) return "allowed";
  return standing.kind === "public" && standing.user.role !== "guest" ? "allowed" : "hidden";
}

/**
 * Read its messages and members. A public room must be joined first: others should see who reads
 * it.
 */
export function mayRead(standing: Standing): Verdict {
  const see = maySeeRoom(standing);
  return see === "allowed" ? allowedIf(standing.member !== null) : see;
}

/** Write new messages, and show the typing indicator. */
export function mayWrite(standing: Standing): Verdict {
  const read = mayRead(standing);
  return read === "allowed" ? allowedIf(!standing.archived) : read;
}

/** Change its name and topic, archive it. */
export function mayManageRoom(standing: Standing): Verdict {
  const read = mayRead(standing);
  if (read !== "allowed") return read;
  return allowedIf(standing.kind !== "direct" && mayRun(standing));
}

/** Join without being added. */
export function mayJoin(standing: Standing): Verdict {
  const see = maySeeRoom(standing);
  if (see !== "allowed" || standing.member !== null) return see;
  return allowedIf(!standing.archived);
}

/** Add somebody else: any member but a guest. */
export function mayAdd(standing: Standing): Verdict {
  const write = mayWrite(standing);
  if (write !== "allowed") return write;
  return allowedIf(standing.kind !== "direct" && standing.user.role !== "guest");
}

export function mayLeave(standing: Standing): Verdict {
  const read = mayRead(standing);
  return read === "allowed" ? allowedIf(standing.kind !== "direct" || standing.group) : read;
}

/**
 * Hide it from your list until something happens in it; only direct rooms: leave others instead.
 */
export function mayHide(standing: Standing): Verdict {
  const read = mayRead(standing);
  return read === "allowed" ? allowedIf(standing.kind === "direct") : read;
}

/** Remove somebody else: the room's owner, the server's owner and admins. */
export function mayRemove(standing: Standing): Verdict {
  return mayManageRoom(standing);
}

function mayRun(standing: Standing): boolean {
  return standing.member === "owner" || isStaff(standing.user.role);
}

// Messages

/** A message is hidden from anyone who may not read it, however public its room is. */
export function mayReadMessage(standing: Standing): Verdict {
  if (standing.user.disabled) return "refused";
  return mayRead(standing) === "allowed" ? "allowed" : "hidden";
}

/** An archived room takes no more reactions, just as it takes no more messages. */
export function mayReact(standing: Standing, { deleted }: Pick<MessageFacts, "deleted">): Verdict {
  const change = mayChangeMessages(standing);
  return change === "allowed" ? allowedIf(!deleted) : change;
}

/** Save a message for yourself: the same as reading it again later. */
export function maySave(standing: Standing, { deleted }: Pick<MessageFacts, "deleted">): Verdict {
  const read = mayReadMessage(standing);
  return read === "allowed" ? allowedIf(!deleted) : read;
}

/** Be reminded of a message: the same. */
export function mayRemind(standing: Standing, facts: Pick<MessageFacts, "deleted">): Verdict {
  return maySave(standing, facts);
}

/** Edit a text: only its author. */
export function mayEdit(standing: Standing, { isAuthor, deleted }: MessageFacts): Verdict {
  const change = mayChangeMessages(standing);
  return change === "allowed" ? allowedIf(isAuthor && !deleted) : change;
}

/**
 * Delete a message: its author, the room's owner, the server's owner and admins. Repeating it
 * changes nothing.
 */
export function mayDelete(
  standing: Standing,
  { isAuthor }: Pick<MessageFacts, "isAuthor">,
): Verdict {
  const change = mayChangeMessages(standing);
  if (change !== "allowed") return change;
  return allowedIf(isAuthor || (standing.kind !== "direct" && mayRun(standing)));
}

function mayChangeMessages(standing: Standing): Verdict {
  const read = mayReadMessage(standing);
  return read === "allowed" ? allowedIf(!standing.archived) : read;
}
