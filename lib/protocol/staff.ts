/**
 * What staff do about people: find their accounts, sign them out, erase them, hand the place over.
 * Schemas for the server; the browser imports the types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import { LIMITS } from "./limits.ts";
import type { User, UserRole } from "./people.ts";

/** An account, as staff see it. */
export interface StaffAccount extends User {
  createdAt: number;
  /** When one of its sessions that go on was last seen. */
  lastSeen: number | null;
  /** How many of them there are. */
  sessions: number;
  /** Signing in needs more than the password. */
  secondFactor: boolean;
  /** When it was erased; it never comes back. */
  erasedAt: number | null;
  /** Texts, or memberships, of an erased account that are still to be taken away. */
  erasing: boolean;
}

export interface AccountsPage {
  /** By username. */
  accounts: StaffAccount[];
  /** The next page's `after`; null after the last. */
  next: string | null;
}

export const ACCOUNT_STATES = ["active", "disabled"] as const;
export type AccountState = typeof ACCOUNT_STATES[number];

const ROLES: readonly UserRole[] = ["owner", "admin", "member", "bot", "guest"];

const accountsPage = (written: field.NumberForm) => ({
  q: field.search.optional(),
  role: z.lazy(() => z.enum(ROLES)).optional(),
  state: z.lazy(() => z.enum(ACCOUNT_STATES)).optional(),
  after: field.shortText(256).optional(),
  limit: written(field.pageSize(LIMITS.pageMax)).optional(),
});

export const listAccounts = field.object(() => accountsPage(field.asNumber));

/** Of `GET /api/accounts`. */
export const accountsQuery = field.object(() => accountsPage(field.asDigits));

export const getAccount = field.object(() => ({ id: field.id }));
export const signOutUser = field.object(() => ({ userId: field.id }));
export const removeUserAvatar = field.object(() => ({ userId: field.id }));
export const handOver = field.object(() => ({ userId: field.id }));

/** What becomes of what an erased person has written, and of their username. */
export type TextsFate = "keep" | "take";
export type UsernameFate = "free" | "keep";

export const eraseUser = field.object(() => ({
  userId: field.id,
  texts: z.enum(["keep", "take"]),
  username: z.enum(["free", "keep"]).optional(),
  /** How the account is called from now on. */
  displayName: field.displayName.optional(),
}));
