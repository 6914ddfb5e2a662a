/**
 * The step before dangerous acts: a signed-in person shows once more who they are, and the session
 * notes when. How each kind of proof is checked, others know; it must not know HTTP.
 */
import { ConfabError } from "../errors.ts";
import { CONFIRMED_FOR, mayEndanger } from "../protocol/permissions.ts";
import type { ConfirmProof, ConfirmState } from "../protocol/confirming.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { Store } from "../store/store.ts";
import type { Caller } from "./caller.ts";
import type { PasskeySite } from "./passkey_options.ts";
import type { Client } from "./sessions.ts";

/** Where a proof is given. */
export interface Where {
  client: Client;
  /** The site that passkeys are for; `null` where there can be none. */
  site: PasskeySite | null;
}

/** Throws if the proof is wrong, or was given too often. */
type Prove<Proof> = (caller: Caller, proof: Proof, where: Where) => Promise<void>;

export type Proofs = { [Method in keyof ConfirmProof]?: Prove<NonNullable<ConfirmProof[Method]>> };

export type ConfirmingStore = Pick<Store, "confirmMethods" | "confirmSession">;

export interface ConfirmingOptions {
  store: ConfirmingStore;
  now(): Timestamp;
  proofs: Proofs;
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
  async confirm(caller: Caller, proof: ConfirmProof, where: Where): Promise<void> {
    const { store, now } = this.options;
    await this.#prove(caller, proof, where);
    const { user: { id: userId }, sessionId } = caller;
    await store.confirmSession({ userId, sessionId, now: now() });
  }

  async #prove(
    caller: Caller,
    { password, code, passkey }: ConfirmProof,
    where: Where,
  ): Promise<void> {
    const { proofs } = this.options;
    if (password !== undefined && proofs.password) {
      return await proofs.password(caller, password, where);
    }
    if (code !== undefined && proofs.code) return await proofs.code(caller, code, where);
    if (passkey !== undefined && proofs.passkey) {
      return await proofs.passkey(caller, passkey, where);
    }
    throw noSuchProof();
  }
}

export function noSuchProof(): ConfabError {
  return new ConfabError("invalid", "This account has no such proof.");
}
