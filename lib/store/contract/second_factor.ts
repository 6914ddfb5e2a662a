/**
 * The second factor: what an account has of it, and sign-ins that wait for it. Tokens come as
 * hashes; the secret of an authenticator app is kept as it is, since codes are made from it.
 */
import type { User } from "../../protocol/people.ts";
import type { FactorState } from "../../protocol/second_factor.ts";
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
  /** What may be asked of the account at sign-in; nothing where it has no second factor. */
  secondFactors(input: { userId: number }): Promise<SecondFactor[]>;
  factorState(input: { userId: number }): Promise<FactorState>;
  /** Keeps the secret of an app that is being set up; one before it works until it is confirmed. */
  beginTotp(input: { userId: number; secret: string; until: Timestamp }): Promise<void>;
  /** The secret that waits for its first code; `null` if there is none, or its time is over. */
  nextTotp(input: { userId: number; now: Timestamp }): Promise<string | null>;
  /**
   * The app with this secret has given the code of `step`: from now on it is asked for. Keeps the
   * recovery codes unless there are some already. `null` if another secret waits by now.
   */
  confirmTotp(input: {
    userId: number;
    secret: string;
    step: number;
    recoveryHashes: readonly string[];
    address: string;
    now: Timestamp;
  }): Promise<{ keptCodes: boolean } | null>;
  /** Of the app that works; `lastStep`: that of the newest code it has accepted. */
  totpSecret(input: { userId: number }): Promise<PendingSignIn["totp"]>;
  /** Spends a proof outside of a sign-in; `false` if it was spent before. */
  spendFactor(input: { userId: number; proof: FactorProof }): Promise<boolean>;
  /** Removes the app, and with the last factor the recovery codes. Repeating it changes nothing. */
  removeTotp(input: { userId: number; address: string; now: Timestamp }): Promise<void>;
  /** Replaces all recovery codes; `false` for an account without a second factor. */
  replaceRecoveryCodes(
    input: { userId: number; hashes: readonly string[]; address: string; now: Timestamp },
  ): Promise<boolean>;
  /**
   * Takes every second factor from somebody who has lost theirs: only by the owner or an admin, with
   * the same rules as `updateUser`.
   */
  removeFactors(
    input: { actorId: number; userId: number; address?: string | undefined; now: Timestamp },
  ): Promise<void>;
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
