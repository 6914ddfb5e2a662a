/**
 * Who is in a room, and what members set for themselves there.
 * Schemas for the server; the browser imports the types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import { MEMBERS_PAGE } from "./limits.ts";
import type { User } from "./people.ts";
import type { PresenceStatus } from "./presence.ts";
import type { Timestamp } from "./time.ts";

export type MemberRole = "owner" | "member";
export type Notify = "all" | "mentions" | "none";

export interface Membership {
  role: MemberRole;
  readSeq: number;
  /** Messages by others after `readSeq`, counted up to `LIMITS.unreadCount`. */
  unread: number;
  /** Those of them that mention the member. */
  mentions: number;
  /** Threads of the room that they follow and in which there is something new; counted likewise. */
  threads: number;
  notify: Notify;
  joinedAt: Timestamp;
  /** Among the first in the member's list. */
  favourite: boolean;
  /** Set if the room is not in the member's list until something happens in it. */
  hidden?: true;
}

/** A member of a room: the user, and their role in the room. */
export interface Member extends User {
  membership: { role: MemberRole; joinedAt: Timestamp };
}

/**
 * A page of a room's members, and their presence. `next`: the next page's `after`; null after the
 * last.
 */
export interface MembersPage {
  members: Member[];
  presence: Record<string, PresenceStatus>;
  next: number | null;
}

export const listMembers = field.inRoom;

const page = (written: field.NumberForm) => ({
  limit: written(field.pageSize(MEMBERS_PAGE)).optional(),
  after: written(field.seq).optional(),
});

export const pageMembers = field.object(() => ({ room: field.id, ...page(field.asNumber) }));

/** `GET /api/rooms/:id/members` lists them all unless a page is asked for. */
export const membersQuery = field.object(() => page(field.asDigits));

export const addMember = field.object(() => ({ room: field.id, userId: field.id }));
export const removeMember = addMember;

export const updateMembership = field.object(() => ({
  room: field.id,
  notify: field.notify.optional(),
  hidden: z.boolean().optional(),
  favourite: z.boolean().optional(),
}));
