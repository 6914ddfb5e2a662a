/**
 * People as others see them, and how they are found: by the words of their names, by their ids.
 * Schemas for the server; the browser imports the types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import { PEOPLE_ASKED } from "./limits.ts";
import type { PresenceStatus } from "./presence.ts";
import type { UserStatus } from "./status.ts";

export type UserRole = "owner" | "admin" | "member" | "bot" | "guest";

export interface User {
  id: number;
  username: string;
  displayName: string;
  role: UserRole;
  avatar: string | null;
  disabled: boolean;
  /** What they say of themselves for now. */
  status: UserStatus | null;
  /** Where their clock stands, as their browser said; missing if unknown, or if they hide it. */
  timeZone?: string;
  /** Somebody else's display name or username looks like this display name: show both names. */
  namesake?: true;
}

/** People who were asked for by their ids, and who of them is here. Others are offline. */
export interface UsersAnswer {
  users: User[];
  presence: Record<string, PresenceStatus>;
}

export const searchUsers = field.object(() => ({ q: field.search }));
export const searchMembers = field.object(() => ({ room: field.id, q: field.search }));
export const listUsers = field.object(() => ({ ids: field.people, room: field.id.optional() }));
export const getUser = field.object(() => ({ id: field.id }));

/** `GET /api/users` asks for people in one of three ways. */
export const usersQuery = z.lazy(() =>
  z.strictObject({
    q: field.search.optional(),
    ids: field.idsInQuery(PEOPLE_ASKED).optional(),
    room: field.asDigits(field.id).optional(),
  }).refine(
    (query) => query.q === undefined || query.ids === undefined,
    "q and ids exclude each other",
  )
);
