/** What staff do about people's accounts, beside their roles and states (`accounts.ts`). */
import type { User, UserRole } from "../../protocol/people.ts";
import type {
  AccountsPage,
  AccountState,
  StaffAccount,
  TextsFate,
  UsernameFate,
} from "../../protocol/staff.ts";
import type { Timestamp } from "../../protocol/time.ts";

/** Who of staff acts on whom, from where. */
export interface StaffAct {
  actorId: number;
  userId: number;
  address?: string | undefined;
  now: Timestamp;
}

export interface Staff {
  /** By username, after the one whose key is `after`; only for staff. */
  listAccounts(input: {
    userId: number;
    q: string;
    role?: UserRole | undefined;
    state?: AccountState | undefined;
    after: string | null;
    limit: number;
    now: Timestamp;
  }): Promise<AccountsPage>;
  /** `not_found` if there is none. */
  getAccount(input: { userId: number; id: number; now: Timestamp }): Promise<StaffAccount>;
  /** Ends all sessions of somebody whom the actor may disable, too. */
  signOutUser(input: StaffAct): Promise<void>;
  /** The picture of somebody whom the actor may disable, too. The user's change is told. */
  removeUserAvatar(input: StaffAct): Promise<void>;
  /**
   * The owner gives the place to a member or an admin and becomes an admin, in one transaction:
   * there is no moment without an owner.
   */
  handOver(input: StaffAct): Promise<User>;
  /**
   * Names, password, sessions, factors and links of the account go at once, and it is disabled for
   * ever. Its memberships go, and what it wrote if `texts` says so, by `eraseMore`. Repeating it
   * may still take the texts.
   */
  eraseUser(
    input: StaffAct & { texts: TextsFate; username: UsernameFate; displayName: string },
  ): Promise<User>;
  /** A portion of what erased people have left behind; false if nothing is left. */
  eraseMore(input: { now: Timestamp }): Promise<boolean>;
}
