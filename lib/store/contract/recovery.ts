/** Links that set a new password, each once. The store knows of a link only its token's hash. */
import type { User } from "../../protocol/people.ts";
import type { Timestamp } from "../../protocol/time.ts";

export interface Recovery {
  /**
   * Keeps a link for somebody's account, made by staff. `forbidden` for others, and for accounts
   * that they may not change; for a disabled account, which no password opens. A user has few links
   * at a time: the oldest gives way.
   */
  makeReset(input: {
    actorId: number;
    userId: number;
    /** SHA-256 of the token, in hexadecimal digits. */
    tokenHash: string;
    expiresAt: Timestamp;
    now: Timestamp;
    /** From where, for the audit log. */
    address?: string | undefined;
  }): Promise<void>;
  /** Whose password a link would set; `null` if it was used, has expired, or was none. */
  findReset(input: { tokenHash: string; now: Timestamp }): Promise<{ user: User } | null>;
  /**
   * Uses a link: sets the password, ends every session, and with it all other links of the account.
   * `not_found` as above, also for the second of two at once; `forbidden` for a disabled account.
   */
  useReset(input: {
    tokenHash: string;
    passwordHash: string;
    now: Timestamp;
    address?: string | undefined;
  }): Promise<{ user: User }>;
}
