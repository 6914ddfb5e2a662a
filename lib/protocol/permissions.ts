/**
 * Who may do what: every rule about people and rooms, as pure answers from facts. The store asks
 * inside its transactions, so that no removal can slip between the check and the change; the
 * browser asks to know which buttons to show. Imports nothing but the protocol's types.
 */
import type { MemberRole } from "./members.ts";
import type { UserRole } from "./people.ts";
import type { RoomKind } from "./rooms.ts";

/** What rules ask of an account. A `User` is one. */
export interface UserFacts {
  role: UserRole;
  disabled: boolean;
}

/** Where a user stands to a room. `member` is null for strangers. */
export interface Standing {
  user: UserFacts;
  kind: RoomKind;
  archived: boolean;
  member: MemberRole | null;
  /** A direct room that was made for three or more. */
  group: boolean;
}

/** What rules ask of a message in such a room. */
export interface MessageFacts {
  isAuthor: boolean;
  deleted: boolean;
}

/** `hidden`: it must look as if it did not exist. `refused`: it may be known, not used. */
export type Verdict = "allowed" | "refused" | "hidden";

const allowedIf = (condition: boolean): Verdict => condition ? "allowed" : "refused";

// Users

/** Anything at all. Sessions of a disabled account are gone, but a request may be on its way. */
export function mayAct(user: UserFacts): Verdict {
  return allowedIf(!user.disabled);
}

/** Open an account; where signing up is closed, the first one alone. */
export function maySignUp(instance: { open: boolean; empty: boolean }): Verdict {
  return allowedIf(instance.open || instance.empty);
}

/** Look for public rooms to join. Guests are brought into rooms. */
export function mayBrowse(user: UserFacts): Verdict {
  return unlessGuest(user);
}

/** Make a room, or open a direct one. */
export function mayMakeRoom(user: UserFacts): Verdict {
  return unlessGuest(user);
}

/** Search everybody by name. Guests search the members of their rooms. */
export function maySearchPeople(user: UserFacts): Verdict {
  return unlessGuest(user);
}

/** Whether everybody is there for this user: to a guest, only who is in the same rooms. */
export function knowsEverybody(user: UserFacts): boolean {
  return user.role !== "guest";
}

/** Somebody's profile. `acquainted`: it is oneself, or they share a room. */
export function maySeeUser(user: UserFacts, acquainted: boolean): Verdict {
  if (user.disabled) return "refused";
  return knowsEverybody(user) || acquainted ? "allowed" : "hidden";
}

/** Write to somebody, or bring them into a room: behind a disabled account there is nobody. */
export function mayReach(other: UserFacts): Verdict {
  return other.disabled ? "hidden" : "allowed";
}

export function isStaff(role: UserRole): boolean {
  return role === "owner" || role === "admin";
}

/** Change accounts of others at all. */
export function mayChangeAccounts(user: UserFacts): Verdict {
  return allowedIf(!user.disabled && isStaff(user.role));
}

/**
 * Change this account: its role, whether it is disabled. Never one's own, so that the last of the
 * staff cannot lock everybody out by mistake; never the owner's; an admin's by the owner alone.
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

// Rooms

/** The room's name, topic and size. */
export function maySeeRoom(standing: Standing): Verdict {
  if (standing.user.disabled) return "refused";
  if (standing.member !== null) return "allowed";
  return standing.kind === "public" && standing.user.role !== "guest" ? "allowed" : "hidden";
}

/** Its messages and members. A public room is joined first: reading it is no secret, being there is. */
export function mayRead(standing: Standing): Verdict {
  const see = maySeeRoom(standing);
  return see === "allowed" ? allowedIf(standing.member !== null) : see;
}

/** New messages, and the sign that one is typing. */
export function mayWrite(standing: Standing): Verdict {
  const read = mayRead(standing);
  return read === "allowed" ? allowedIf(!standing.archived) : read;
}

/** Name, topic, archive. */
export function mayManageRoom(standing: Standing): Verdict {
  const read = mayRead(standing);
  if (read !== "allowed") return read;
  return allowedIf(standing.kind !== "direct" && mayRun(standing));
}

/** Come in by oneself. */
export function mayJoin(standing: Standing): Verdict {
  const see = maySeeRoom(standing);
  if (see !== "allowed" || standing.member !== null) return see;
  return allowedIf(!standing.archived);
}

/** Bring somebody else in: any member but a guest. */
export function mayAdd(standing: Standing): Verdict {
  const write = mayWrite(standing);
  if (write !== "allowed") return write;
  return allowedIf(standing.kind !== "direct" && standing.user.role !== "guest");
}

export function mayLeave(standing: Standing): Verdict {
  const read = mayRead(standing);
  return read === "allowed" ? allowedIf(standing.kind !== "direct" || standing.group) : read;
}

/** Out of one's own list until something happens in it; other rooms are left. */
export function mayHide(standing: Standing): Verdict {
  const read = mayRead(standing);
  return read === "allowed" ? allowedIf(standing.kind === "direct") : read;
}

/** Put somebody else out: the room's owner, the staff. */
export function mayRemove(standing: Standing): Verdict {
  return mayManageRoom(standing);
}

function mayRun(standing: Standing): boolean {
  return standing.member === "owner" || isStaff(standing.user.role);
}

// Messages

/** To whoever may not read a message it is not there, be its room ever so public. */
export function mayReadMessage(standing: Standing): Verdict {
  if (standing.user.disabled) return "refused";
  return mayRead(standing) === "allowed" ? "allowed" : "hidden";
}

/** Reactions, as much as texts, are no more taken where the room is archived. */
export function mayReact(standing: Standing, { deleted }: Pick<MessageFacts, "deleted">): Verdict {
  const change = mayChangeMessages(standing);
  return change === "allowed" ? allowedIf(!deleted) : change;
}

/** Keep a message for oneself: as good as reading it, once more than now. */
export function maySave(standing: Standing, { deleted }: Pick<MessageFacts, "deleted">): Verdict {
  const read = mayReadMessage(standing);
  return read === "allowed" ? allowedIf(!deleted) : read;
}

/** Edit a text: its author alone. */
export function mayEdit(standing: Standing, { isAuthor, deleted }: MessageFacts): Verdict {
  const change = mayChangeMessages(standing);
  return change === "allowed" ? allowedIf(isAuthor && !deleted) : change;
}

/** Delete a message: its author, the room's owner, the staff. Again, it changes nothing. */
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
