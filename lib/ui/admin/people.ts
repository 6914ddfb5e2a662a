/** What the page of people is asked for, as its form and its address say it. Pure. */
import type { UserRole } from "../../protocol/people.ts";
import type { AccountState } from "../../protocol/staff.ts";

export interface PeopleSearch {
  q: string;
  role: UserRole | null;
  state: AccountState | null;
}

/** In the order of choices. */
export const ROLES: readonly UserRole[] = ["owner", "admin", "member", "guest", "bot"];
export const STATES: readonly AccountState[] = ["active", "disabled"];
