/** New sign-ins that one's other sessions are told of, and codes to sign in on a phone. */
import type { PhoneLinkState, SignIn } from "../../protocol/devices.ts";
import type { User } from "../../protocol/people.ts";
import type { Timestamp } from "../../protocol/time.ts";

/** A code to sign in on a phone, as the store keeps it. */
export interface StoredPhoneLink {
  id: number;
  /** The server makes the code of it, and nobody else can. */
  nonce: string;
  state: PhoneLinkState;
  device: string | null;
  address: string | null;
  check: string | null;
  expiresAt: Timestamp;
}

export interface Devices {
  /**
   * The newest sign-ins that nobody has acknowledged for this session: newest first, at most 20.
   * `own`: where this session is; null if it has ended.
   */
  listSignIns(
    input: { userId: number; sessionId: number },
  ): Promise<{ own: { device: string; address: string } | null; signIns: SignIn[] }>;
  /**
   * Acknowledges sign-ins: those that are newer than this session for all of the user's sessions,
   * older ones for this session alone. So nobody who got in acknowledges their own sign-in for the
   * sessions that were there before. Others' ids change nothing.
   */
  seeSignIns(input: { userId: number; sessionId: number; ids: readonly number[] }): Promise<void>;

  /** Takes the place of the user's code before. Returns its id. */
  makePhoneLink(input: {
    userId: number;
    sessionId: number;
    nonce: string;
    codeHash: string;
    now: Timestamp;
    expiresAt: Timestamp;
  }): Promise<number>;
  /** The code of this session; null if it has none, or it has expired. */
  phoneLink(
    input: { userId: number; sessionId: number; now: Timestamp },
  ): Promise<StoredPhoneLink | null>;
  /**
   * Whose account a code opens; null for one that is unknown, used, or expired, or whose session has
   * ended.
   */
  offeredPhoneLink(input: { codeHash: string; now: Timestamp }): Promise<User | null>;
  /** A phone has scanned the code: of two at once, one gets it. `not_found` as above. */
  claimPhoneLink(input: {
    codeHash: string;
    claimHash: string;
    device: string;
    address: string;
    check: string;
    now: Timestamp;
    expiresAt: Timestamp;
  }): Promise<User>;
  /** `not_found` unless a phone asks just now for what this session shows under this id. */
  decidePhoneLink(input: {
    userId: number;
    sessionId: number;
    id: number;
    allow: boolean;
    now: Timestamp;
    expiresAt: Timestamp;
  }): Promise<void>;
  /** What the phone that asks is told; null once it is over. */
  claimedPhoneLink(
    input: { claimHash: string; now: Timestamp },
  ): Promise<{ state: PhoneLinkState; check: string; user: User } | null>;
  /**
   * Spends a confirmed one: of two at once, one gets in. `not_found` unless it is confirmed, and the
   * session that confirmed it is still there.
   */
  spendPhoneLink(
    input: { claimHash: string; now: Timestamp },
  ): Promise<{ userId: number; confirmedBy: number }>;
}
