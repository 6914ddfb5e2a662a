/** Passkeys: the public half of each, and what it takes for one to count. */
import type { Passkey } from "../../protocol/passkeys.ts";
import type { Timestamp } from "../../protocol/time.ts";

/** A passkey as it was made. */
export interface NewPasskey {
  /** The credential's id, base64url. */
  credential: string;
  /** COSE, base64url. */
  publicKey: string;
  /** How often it was used, as it says itself; those that are synced always say 0. */
  counter: number;
  /** How a browser reaches it ("internal", "usb"), as the browser said. */
  transports: readonly string[];
  name: string;
  synced: boolean;
  alone: boolean;
}

export interface StoredPasskey extends Passkey {
  userId: number;
  credential: string;
  publicKey: string;
  counter: number;
  transports: string[];
}

/** What a passkey has signed: works once, and only until it expires. */
export interface SignedChallenge {
  hash: string;
  expiresAt: Timestamp;
}

export interface Passkeys {
  /** Those of the account, the oldest first. */
  listPasskeys(input: { userId: number }): Promise<StoredPasskey[]>;
  /** Whether one is asked for after the password. */
  passkeysAfterPassword(input: { userId: number }): Promise<boolean>;
  findPasskey(input: { credential: string }): Promise<StoredPasskey | null>;
  /**
   * Spends the challenge and keeps the passkey. After the password it is asked for as the account's
   * others are; the first one is. `conflict` if it is somebody's already, `invalid` beyond
   * `MOST_PASSKEYS`, `forbidden` for a disabled account and for a challenge that was spent.
   */
  addPasskey(input: {
    userId: number;
    passkey: NewPasskey;
    challenge: SignedChallenge;
    address: string;
    now: Timestamp;
  }): Promise<StoredPasskey>;
  /**
   * Spends the challenge and moves the counter on. `false` if the challenge was spent, or the
   * counter is not above the last one: somebody may have a copy of the key (WebAuthn Level 3,
   * section 6.1.1).
   */
  usePasskey(input: {
    id: number;
    counter: number;
    synced: boolean;
    challenge: SignedChallenge;
    now: Timestamp;
  }): Promise<boolean>;
  /** `not_found` if the account has no such passkey. */
  renamePasskey(input: { userId: number; id: number; name: string }): Promise<void>;
  /** The same; with the last second factor the recovery codes go. */
  removePasskey(
    input: { userId: number; id: number; address: string; now: Timestamp },
  ): Promise<void>;
  /** Whether one is asked for after the password, for all of the account's. */
  setPasskeysAfterPassword(
    input: { userId: number; on: boolean; address: string; now: Timestamp },
  ): Promise<void>;
}
