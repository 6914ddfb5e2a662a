/** Accounts: signing up, names, settings, passwords' hashes, roles. */
import type { Language, Me, Theme } from "../../protocol/accounts.ts";
import type { User, UserRole } from "../../protocol/people.ts";
import type { Timestamp } from "../../protocol/time.ts";
import type { NewSession } from "./sessions.ts";

export interface Accounts {
  /** Whether there is an account; the first to sign up becomes the owner. They are never removed. */
  hasAccounts(): Promise<boolean>;
  /**
   * A new account with its first session, a member of `general` (id 1, made with the first account).
   * `conflict` where the name is taken without regard to case; `forbidden` where
   * `firstOnly` is set and there is an account already.
   */
  createAccount(input: {
    username: string;
    displayName: string;
    passwordHash: string;
    session: NewSession;
    firstOnly: boolean;
    now: Timestamp;
  }): Promise<{ user: User; sessionId: number }>;
  /** `null` where there is no such user; the name is compared without case, NFKC. */
  credentials(
    input: { username: string },
  ): Promise<{ user: User; passwordHash: string } | null>;
  credentialsOf(input: { userId: number }): Promise<{ user: User; passwordHash: string } | null>;
  /** Replaces a password's hash, revoking every session but `keepSession`. */
  changePassword(
    input: { userId: number; passwordHash: string; keepSession: number; now: Timestamp },
  ): Promise<void>;
  updateMe(input: {
    userId: number;
    displayName?: string | undefined;
    language?: Language | null | undefined;
    theme?: Theme | undefined;
  }): Promise<Me>;
  /**
   * By an owner or admin; disabling revokes every session (`forbidden` for others, for oneself,
   * for the owner as target, and for an admin as target unless the actor is the owner).
   */
  updateUser(input: {
    actorId: number;
    userId: number;
    disabled?: boolean | undefined;
    role?: Exclude<UserRole, "owner"> | undefined;
    now: Timestamp;
  }): Promise<User>;
}
