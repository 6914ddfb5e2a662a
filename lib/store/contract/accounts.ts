/** Accounts: signup, names, settings, password hashes, roles. */
import type { Language, Me, Theme } from "../../protocol/accounts.ts";
import type { Inviters } from "../../protocol/door_permissions.ts";
import type { User, UserRole } from "../../protocol/people.ts";
import type { UserStatus } from "../../protocol/status.ts";
import type { Timestamp } from "../../protocol/time.ts";
import type { Identity } from "./oidc.ts";
import type { NewSession } from "./sessions.ts";

export interface Accounts {
  /** Whether there is any account; the first becomes the owner. Accounts are never removed. */
  hasAccounts(): Promise<boolean>;
  /**
   * Creates an account with its first session, as a member of `general` (id 1, created with the
   * first account); a guest is no member there. `conflict` if the name is taken, ignoring case;
   * `forbidden` if `firstOnly` is set, there is an account already, and no invitation is given;
   * `not_found` for an invitation that is not open, which says role and rooms otherwise.
   */
  createAccount(input: {
    username: string;
    displayName: string;
    passwordHash: string;
    session: NewSession;
    firstOnly: boolean;
    /** An invitation's code, and who may invite besides staff. */
    invite?: { code: string; inviters: Inviters } | null;
    /** Who they are elsewhere, by which they come in: theirs alone, else `conflict`. */
    identity?: Identity;
    /** Which role they have, if not `member`; the first is the owner in any case. */
    role?: "admin" | "member" | "guest";
    now: Timestamp;
  }): Promise<{ user: User; sessionId: number }>;
  /** `null` if there is no such user; the name is compared ignoring case, in NFKC. */
  credentials(
    input: { username: string },
  ): Promise<{ user: User; passwordHash: string } | null>;
  credentialsOf(input: { userId: number }): Promise<{ user: User; passwordHash: string } | null>;
  /**
   * Replaces a password hash and revokes every session except `keepSession`. `proven`: the hash that
   * the current password was compared with; `forbidden` if it is another one by now.
   */
  changePassword(input: {
    userId: number;
    passwordHash: string;
    proven?: string;
    keepSession: number;
    now: Timestamp;
  }): Promise<void>;
  updateMe(input: {
    userId: number;
    displayName?: string | undefined;
    language?: Language | null | undefined;
    theme?: Theme | undefined;
    status?: UserStatus | null | undefined;
    /** Not kept if others may not see it. */
    timeZone?: string | undefined;
    /** Where it is switched off, the time zone is forgotten. */
    showLocalTime?: boolean | undefined;
  }): Promise<Me>;
  /**
   * Only by the owner or an admin; disabling revokes every session (`forbidden` for other actors,
   * for the actor's own account, for the owner as target, and for an admin as target unless the
   * actor is the owner).
   */
  updateUser(input: {
    actorId: number;
    userId: number;
    disabled?: boolean | undefined;
    role?: Exclude<UserRole, "owner"> | undefined;
    /** The actor's, for the audit log. */
    address?: string | undefined;
    now: Timestamp;
  }): Promise<User>;
}
