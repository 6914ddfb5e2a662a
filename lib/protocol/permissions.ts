/**
 * Who may do what in a room: pure answers from facts. The store asks inside its transactions,
 * so that no removal can slip between the check and the change; the browser asks to know which
 * buttons to show. Imports nothing but the protocol's types.
 */
import type { MemberRole } from "./members.ts";
import type { UserRole } from "./people.ts";
import type { RoomKind } from "./rooms.ts";

/** The facts about a user and a room that rules are made of. `member` is null for strangers. */
export interface Standing {
  userRole: UserRole;
  kind: RoomKind;
  archived: boolean;
  member: MemberRole | null;
  /** A direct room that was made for three or more. */
  group: boolean;
}

/** `hidden`: the room must look as if it did not exist. `refused`: it may be known, not used. */
export type Verdict = "allowed" | "refused" | "hidden";

const allowedIf = (condition: boolean): Verdict => condition ? "allowed" : "refused";

export function isStaff(role: UserRole): boolean {
  return role === "owner" || role === "admin";
}

/** The room's name, topic and size. */
export function maySeeRoom(standing: Standing): Verdict {
  if (standing.member !== null) return "allowed";
  return standing.kind === "public" && standing.userRole !== "guest" ? "allowed" : "hidden";
}

/** Its messages and members. A public room is joined first: reading it is no secret, being there is. */
export function mayRead(standing: Standing): Verdict {
  if (maySeeRoom(standing) === "hidden") return "hidden";
  return allowedIf(standing.member !== null);
}

/** New messages, edits, reactions. */
export function mayWrite(standing: Standing): Verdict {
  const read = mayRead(standing);
  return read === "allowed" ? allowedIf(!standing.archived) : read;
}

/** Edit a text: its author alone. */
export function mayEdit(standing: Standing, isAuthor: boolean): Verdict {
  const write = mayWrite(standing);
  return write === "allowed" ? allowedIf(isAuthor) : write;
}

/** Delete a message: its author, the room's owner, the staff. */
export function mayDelete(standing: Standing, isAuthor: boolean): Verdict {
  const write = mayWrite(standing);
  if (write !== "allowed") return write;
  return allowedIf(isAuthor || (standing.kind !== "direct" && mayRun(standing)));
}

/** Name, topic, archive. */
export function mayManageRoom(standing: Standing): Verdict {
  const read = mayRead(standing);
  if (read !== "allowed") return read;
  return allowedIf(standing.kind !== "direct" && mayRun(standing));
}

export function mayJoin(standing: Standing): Verdict {
  const see = maySeeRoom(standing);
  if (see !== "allowed" || standing.member !== null) return see;
  return allowedIf(!standing.archived);
}

/** Bring somebody else in: any member but a guest. */
export function mayAdd(standing: Standing): Verdict {
  const write = mayWrite(standing);
  if (write !== "allowed") return write;
  return allowedIf(standing.kind !== "direct" && standing.userRole !== "guest");
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
  return standing.member === "owner" || isStaff(standing.userRole);
}
