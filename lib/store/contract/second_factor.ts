/**
 * The second factor: what an account has of it, and sign-ins that wait for it. Tokens come as
 * hashes; the secret of an authenticator app is kept as it is, since codes are made from it.
 */
import type { User } from "../../protocol/people.ts";
import type { Timestamp } from "../../protocol/time.ts";
import type { SecondFactor, WayIn } from "../../protocol/ways_in.ts";
import type { NewSession } from "./sessions.ts";

/** A sign-in that waits for its second factor. */
export interface PendingSignIn {
  userId: number;
  username: string;
  /** The first proof; the session will say it. */
  way: WayIn;
  /** What the account has by now. */
  methods: SecondFactor[];
  /** Of the authenticator app; `lastStep`: that of the newest code it has accepted. */
  totp: { secret: string; lastStep: number } | null;
}

/**
 * What was shown. The store spends it: a code of the app with its step (no code of that step or an
 * older one passes again), a recovery code by its hash. A passkey was verified before.
 */
export type FactorProof =
  | { kind: "totp"; step: number }
  | { kind: "recovery"; hash: string }
  | { kind: "passkey" };

export interface SecondFactors {
  /** `null` if there is none with this hash, it has expired, or its tries are used up. */
  pendingSignIn(input: { hash: string; now: Timestamp }): Promise<PendingSignIn | null>;
  /** The same, and counts a try: `null` for the sixth. */
  tryPendingSignIn(input: { hash: string; now: Timestamp }): Promise<PendingSignIn | null>;
  /**
   * Spends the proof and the pending sign-in, and opens its session. `null` if either was spent
   * before: of two at once, one wins. `forbidden` for a disabled account.
   */
  finishSignIn(input: {
    hash: string;
    proof: FactorProof;
    session: Omit<NewSession, "way">;
    now: Timestamp;
  }): Promise<{ user: User; sessionId: number } | null>;
}
