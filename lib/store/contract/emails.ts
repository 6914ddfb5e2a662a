/**
 * E-mail addresses, each proven by a link that was sent there. A proven one belongs to one account;
 * nobody but its owner sees it.
 */
import type { Language } from "../../protocol/accounts.ts";
import type { User } from "../../protocol/people.ts";
import type { Timestamp } from "../../protocol/time.ts";

export interface Emails {
  emailOf(input: { userId: number }): Promise<{ address: string | null; pending: string | null }>;
  /**
   * Wants this address, and puts the letter that proves it into the queue; the one of before stays
   * until then. The one that is proven already only drops what was pending. `unavailable` where
   * too many letters wait.
   */
  setEmail(input: {
    userId: number;
    address: string;
    key: string;
    /** Of the letter to whoever has chosen none in their settings. */
    language?: Language | undefined;
    now: Timestamp;
  }): Promise<{ address: string | null; pending: string | null }>;
  /** Takes both away; tells the old address. Repeating it changes nothing. */
  removeEmail(
    input: { userId: number; now: Timestamp; from?: string | undefined },
  ): Promise<void>;
  /** What a link would prove, and whose it would be; `null` if it works no more, or never did. */
  findEmailProof(
    input: { tokenHash: string; now: Timestamp },
  ): Promise<{ user: User; address: string } | null>;
  /**
   * Uses a link: the address is the account's, and the one of before is told. `not_found` as above;
   * `conflict` if another account has proven it; `forbidden` for a disabled account.
   */
  proveEmail(
    input: { tokenHash: string; now: Timestamp; from?: string | undefined },
  ): Promise<{ user: User; address: string }>;
  /** Whose proven address this is, also where they are disabled; `null` if nobody's. */
  findByEmail(input: { key: string }): Promise<{ user: User } | null>;
}
