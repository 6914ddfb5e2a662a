/**
 * Invitations: links that let people in, and into rooms. Schemas for the server; the browser imports
 * the types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import { INVITE_TEXT, inviteCodeIn } from "./invite_codes.ts";
import { LIMITS } from "./limits.ts";
import type { RoomKind } from "./rooms.ts";
import type { Timestamp } from "./time.ts";
import type { User } from "./people.ts";

/** What an invitation makes of whoever comes by it. Nobody becomes staff by a link. */
export type InviteRole = "member" | "guest";

/**
 * `open`: it lets people in. Else why it does not: all its uses are used; its time is over; somebody
 * took it back; or who made it may not invite any more (`void`).
 */
export type InviteState = "open" | "used" | "expired" | "revoked" | "void";

export interface Invite {
  id: number;
  /** `null` where it leads into a room that the reader may not see: with it they could go there. */
  code: string | null;
  role: InviteRole;
  /** Ids of the rooms it leads into, besides `general` for members; those that the reader may see. */
  rooms: number[];
  /** How many may come by it; `null`: any number. */
  uses: number | null;
  /** How many have come. */
  used: number;
  expiresAt: Timestamp | null;
  createdBy: number;
  createdAt: Timestamp;
  state: InviteState;
}

/** A room, as far as an invitation names it. */
export interface InvitedRoom {
  id: number;
  name: string;
  kind: RoomKind;
}

export interface InvitesPage {
  /** The latest first. */
  invites: Invite[];
  /** Who made them. */
  people: User[];
  /** Which rooms they lead into. */
  rooms: InvitedRoom[];
  /** The next page's `before`; null after the last. */
  next: number | null;
}

/** What an open invitation says to whoever holds its link. */
export interface Invitation {
  role: InviteRole;
  invitedBy: Pick<User, "username" | "displayName">;
  /** Those into which it leads now. */
  rooms: InvitedRoom[];
  expiresAt: Timestamp | null;
}

/** A code as it may be asked for; whether there is one like it, only the store knows. */
export const inviteCode = z.lazy(() =>
  field.shortText(INVITE_TEXT).unwrap().transform(inviteCodeIn)
);

const invitedRooms = field.idList(50);

export const createInvite = field.object(() => ({
  role: z.enum(["member", "guest"]).optional(),
  rooms: invitedRooms.optional(),
  uses: z.int().min(1).max(1_000_000).nullable().optional(),
  expiresAt: field.timestamp.nullable().optional(),
}));

const page = (written: field.NumberForm) => ({
  /** `open` unless told. */
  state: z.enum(["open", "ended"]).optional(),
  before: written(field.id).optional(),
  limit: written(field.pageSize(LIMITS.pageMax)).optional(),
});

export const listInvites = field.object(() => page(field.asNumber));

/** Of `GET /api/invites`. */
export const invitesQuery = field.object(() => page(field.asDigits));

export const revokeInvite = field.object(() => ({ id: field.id }));

export const acceptInvite = field.object(() => ({ code: inviteCode }));
