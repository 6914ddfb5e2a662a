/**
 * The step before dangerous acts: a signed-in person shows once more who they are, and the session
 * notes when. Each kind of proof is passed in; it must not know passwords, codes or HTTP.
 */
import { ConfabError, confirmFirst } from "../errors.ts";
import { CONFIRMED_FOR, mayEndanger } from "../protocol/permissions.ts";
import type { ConfirmProof, ConfirmState } from "../protocol/confirming.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { Store } from "../store/store.ts";
import type { Caller } from "./caller.ts";

/** Throws if the proof is wrong, or was given too often. */
type Prove<Proof> = (caller: Caller, proof: Proof) => Promise<void>;

export type ConfirmingStore = Pick<Store, "confirmMethods" | "confirmSession">;

export interface ConfirmingOptions {
  store: ConfirmingStore;
  now(): Timestamp;
  proofs: { [Method in keyof ConfirmProof]?: Prove<NonNullable<ConfirmProof[Method]>> };
}

/** For what a signed-in person asks of auth itself: `confirm_first` unless they confirmed lately. */
export function requireConfirmed(caller: Caller, now: Timestamp): void {
  if (mayEndanger(caller.confirmedAt, now) !== "allowed") throw confirmFirst();
}

export class Confirming {
  constructor(private readonly options: ConfirmingOptions) {}

  async state(caller: Caller): Promise<ConfirmState> {
    const { store, now } = this.options;
    const methods = await store.confirmMethods({ userId: caller.user.id });
    const confirmed = mayEndanger(caller.confirmedAt, now()) === "allowed";
    return { methods, until: confirmed ? caller.confirmedAt + CONFIRMED_FOR : null };
  }

  /**
   * Notes in the session that its holder has shown who they are. `forbidden` if the proof is wrong,
   * `rate_limited`; `not_found` if the session has ended meanwhile.
   */
  async confirm(caller: Caller, proof: ConfirmProof): Promise<void> {
    const { store, now } = this.options;
    await this.#prove(caller, proof);
    const { user: { id: userId }, sessionId } = caller;
    await store.confirmSession({ userId, sessionId, now: now() });
  }

  async #prove(caller: Caller, { password, code }: ConfirmProof): Promise<void> {
    const { proofs } = this.options;
    if (password !== undefined && proofs.password) return await proofs.password(caller, password);
    if (code !== undefined && proofs.code) return await proofs.code(caller, code);
    throw noSuchProof();
  }
}

export function noSuchProof(): ConfabError {
  return new ConfabError("invalid", "This account has no such proof.");
}
