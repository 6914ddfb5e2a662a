/**
 * Somebody's own passkeys: made, named, removed. It must not know HTTP, nor how a signature is
 * checked (`passkey_proofs.ts`).
 */
import { notFound } from "../errors.ts";
import type {
  CreationOptions,
  OwnedPasskeys,
  Passkey,
  Registration,
} from "../protocol/passkeys.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { StoredPasskey } from "../store/contract/passkeys.ts";
import type { Store } from "../store/store.ts";
import type { Caller } from "./caller.ts";
import type { Challenges } from "./challenges.ts";
import { requireConfirmed } from "./confirmed.ts";
import { deviceName } from "./device.ts";
import { creationOptions, type PasskeySite } from "./passkey_options.ts";
import { provenRegistration } from "./passkey_proofs.ts";
import { FOR, SignedFor, userHandleOf, wrongPasskey } from "./passkey_purposes.ts";
import type { Client } from "./sessions.ts";

export type OwnPasskeyStore = Pick<
  Store,
  | "addPasskey"
  | "listPasskeys"
  | "passkeysAfterPassword"
  | "removePasskey"
  | "renamePasskey"
  | "setPasskeysAfterPassword"
>;

export interface OwnPasskeyOptions {
  store: OwnPasskeyStore;
  challenges: Challenges;
  /** Names the database permanently. */
  instance: string;
  now(): Timestamp;
}

export class OwnPasskeys {
  readonly #options: OwnPasskeyOptions;

  constructor(options: OwnPasskeyOptions) {
    this.#options = options;
  }

  async list({ user: { id: userId } }: Caller): Promise<OwnedPasskeys> {
    const { store } = this.#options;
    const [all, afterPassword] = await Promise.all([
      store.listPasskeys({ userId }),
      store.passkeysAfterPassword({ userId }),
    ]);
    return { passkeys: all.map(shownToOwner), afterPassword };
  }

  /** For `navigator.credentials.create()`. `confirm_first`. */
  async optionsToAdd(caller: Caller, site: PasskeySite): Promise<CreationOptions> {
    const { store, challenges, instance, now } = this.#options;
    requireConfirmed(caller, now());
    const { user } = caller;
    return creationOptions({
      site,
      user,
      challenge: await challenges.make(FOR.adding(caller)),
      handle: await userHandleOf(user.id, instance),
      known: await store.listPasskeys({ userId: user.id }),
    });
  }

  /** `confirm_first`; `forbidden` if it is not ours; `conflict` if it is there; `invalid`: too many. */
  async add(
    caller: Caller,
    { passkey, name = "" }: { passkey: Registration; name?: string | undefined },
    site: PasskeySite,
    client: Client,
  ): Promise<Passkey> {
    const { store, challenges, now } = this.#options;
    requireConfirmed(caller, now());
    const challenge = new SignedFor(challenges, FOR.adding(caller));
    const proven = await provenRegistration(passkey, site, challenge.recognise);
    if (proven === null || challenge.found === null) {
      throw wrongPasskey("forbidden", "This passkey was not made for this.");
    }
    const added = await store.addPasskey({
      userId: caller.user.id,
      passkey: { ...proven, name: name || deviceName(client.userAgent) },
      challenge: challenge.found,
      address: client.address,
      now: now(),
    });
    return shownToOwner(added);
  }

  /** `not_found` if the caller has no such passkey. */
  async rename({ user: { id: userId } }: Caller, id: number, name: string): Promise<void> {
    await this.#options.store.renamePasskey({ userId, id, name });
  }

  /** `confirm_first`; `not_found`. */
  async remove(caller: Caller, id: number, { address }: Client): Promise<void> {
    const { store, now } = this.#options;
    requireConfirmed(caller, now());
    await store.removePasskey({ userId: caller.user.id, id, address, now: now() });
  }

  /** Whether one is asked for after the password. `confirm_first`; `not_found` without a passkey. */
  async setAfterPassword(caller: Caller, on: boolean, { address }: Client): Promise<void> {
    const { store, now } = this.#options;
    requireConfirmed(caller, now());
    const userId = caller.user.id;
    if ((await store.listPasskeys({ userId })).length === 0) throw notFound("passkey");
    await store.setPasskeysAfterPassword({ userId, on, address, now: now() });
  }
}

function shownToOwner(passkey: StoredPasskey): Passkey {
  const { id, name, createdAt, lastUsed, synced, alone } = passkey;
  return { id, name, createdAt, lastUsed, synced, alone };
}
