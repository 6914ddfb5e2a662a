/**
 * What somebody's devices are told about new sign-ins to their account. It must not know HTTP, nor
 * who shows it.
 */
import type { SignIn } from "../protocol/devices.ts";
import type { Store } from "../store/store.ts";
import { addressNetwork } from "./address.ts";
import type { Caller } from "./caller.ts";

export type SignInStore = Pick<Store, "listSignIns" | "seeSignIns">;

export class SignIns {
  constructor(private readonly store: SignInStore) {}

  /**
   * Newest first. A device that was there before hears of every sign-in. One that came later hears
   * of those that nobody has acknowledged, but not of its own browser's before it.
   */
  async list(caller: Caller): Promise<SignIn[]> {
    const { own, signIns } = await this.store.listSignIns({
      userId: caller.user.id,
      sessionId: caller.sessionId,
    });
    if (own === null) return [];
    return signIns.filter((one) => one.id > caller.sessionId || !isSamePlace(one, own));
  }

  /** Acknowledges them, see the store's contract; unknown ones change nothing. */
  see(caller: Caller, ids: readonly number[]): Promise<void> {
    return this.store.seeSignIns({ userId: caller.user.id, sessionId: caller.sessionId, ids });
  }
}

interface Place {
  device: string;
  address: string;
}

function isSamePlace(one: Place, other: Place): boolean {
  return one.device === other.device &&
    addressNetwork(one.address) === addressNetwork(other.address);
}
