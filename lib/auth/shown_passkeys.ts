/**
 * Passkeys as they are shown: alone, after the password, or before something dangerous. It must not
 * know HTTP, nor how a signature is checked (`passkey_proofs.ts`).
 */
import { ConfabError } from "../errors.ts";
import type { Assertion, RequestOptions } from "../protocol/passkeys.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { StoredPasskey } from "../store/contract/passkeys.ts";
import type { Store } from "../store/store.ts";
import type { Caller } from "./caller.ts";
import type { Challenges } from "./challenges.ts";
import type { FailedSignIns } from "./failed_sign_ins.ts";
import { type PasskeySite, requestOptions } from "./passkey_options.ts";
import { provenAssertion } from "./passkey_proofs.ts";
import { FOR, SignedFor, userHandleOf, wrongPasskey } from "./passkey_purposes.ts";
import type { Client, SignedIn } from "./sessions.ts";
import { type SigningIn, ticketGone } from "./signing_in.ts";
import type { Throttle } from "./throttle.ts";

export interface ShownPasskeyOptions {
  store: Pick<Store, "findPasskey" | "listPasskeys" | "usePasskey">;
  challenges: Challenges;
  signingIn: SigningIn;
  throttle: Throttle;
  failures: Pick<FailedSignIns, "note">;
  /** Names the database permanently. */
  instance: string;
  now(): Timestamp;
}

/** What a passkey must show. */
interface Asked {
  site: PasskeySite;
  purpose: string;
  /** Nothing else is shown: it must have asked for a finger, a face or a PIN. */
  alone: boolean;
  /** Whose it must be; anybody's if it is to say that itself. */
  owner: number | null;
}

export class ShownPasskeys {
  readonly #options: ShownPasskeyOptions;

  constructor(options: ShownPasskeyOptions) {
    this.#options = options;
  }

  /**
   * For `navigator.credentials.get()`: of anybody, or of the account whose sign-in waits under the
   * ticket. `unauthenticated` for a ticket that has ended.
   */
  async optionsToSignIn(
    ticket: string | undefined,
    site: PasskeySite,
    { address }: Client,
  ): Promise<RequestOptions> {
    const { store, challenges, signingIn, throttle } = this.#options;
    throttle.mayKnock(address);
    if (ticket === undefined) {
      const challenge = await challenges.make(FOR.signingIn());
      return requestOptions({ site, challenge, known: [], alone: true });
    }
    const waiting = await signingIn.pending(ticket);
    if (waiting === null) throw ticketGone();
    return requestOptions({
      site,
      challenge: await challenges.make(FOR.second(ticket)),
      known: await store.listPasskeys({ userId: waiting.userId }),
      alone: false,
    });
  }

  /** `unauthenticated` for a passkey that is not known or wrong; `forbidden` for a disabled account. */
  async signIn(shown: Assertion, site: PasskeySite, client: Client): Promise<SignedIn> {
    const { signingIn, throttle } = this.#options;
    throttle.knock(client.address);
    const { userId } = await this.#prove(shown, {
      site,
      purpose: FOR.signingIn(),
      alone: true,
      owner: null,
    });
    return await signingIn.open({ userId, way: "passkey" }, client);
  }

  /** Finishes the sign-in that waits under the ticket; `unauthenticated` as above. */
  async finish(
    ticket: string,
    shown: Assertion,
    site: PasskeySite,
    client: Client,
  ): Promise<SignedIn> {
    const { signingIn, throttle, failures } = this.#options;
    throttle.knock(client.address);
    const { userId } = await signingIn.attempt(ticket);
    const purpose = FOR.second(ticket);
    try {
      await this.#prove(shown, { site, purpose, alone: false, owner: userId });
    } catch (error) {
      // Somebody has the password: that is worth knowing, whatever they showed after it.
      if (isUnknownPasskey(error)) failures.note(userId, "second", client.address);
      throw error;
    }
    const session = await signingIn.finish(ticket, { kind: "passkey" }, client);
    if (session === null) throw ticketGone();
    return session;
  }

  /** For `navigator.credentials.get()`, before something dangerous. */
  async optionsToConfirm(caller: Caller, site: PasskeySite): Promise<RequestOptions> {
    const { store, challenges } = this.#options;
    const challenge = await challenges.make(FOR.confirming(caller));
    const known = await store.listPasskeys({ userId: caller.user.id });
    return requestOptions({ site, challenge, known, alone: true });
  }

  /** Shows that it is the caller; `forbidden` otherwise. */
  async confirm(caller: Caller, shown: Assertion, site: PasskeySite): Promise<void> {
    const purpose = FOR.confirming(caller);
    try {
      await this.#prove(shown, { site, purpose, alone: true, owner: caller.user.id });
    } catch (error) {
      if (!isUnknownPasskey(error)) throw error;
      throw wrongPasskey("forbidden", error.message);
    }
  }

  /** The passkey whose word this is, spent: `unauthenticated` if there is none. */
  async #prove(
    shown: Assertion,
    { site, purpose, alone, owner }: Asked,
  ): Promise<StoredPasskey> {
    const { store, challenges, instance, now } = this.#options;
    const stored = await store.findPasskey({ credential: shown.id });
    if (stored === null || (owner !== null && stored.userId !== owner)) throw unknownPasskey();
    const { userHandle } = shown.response;
    if (userHandle && userHandle !== await userHandleOf(stored.userId, instance)) {
      throw unknownPasskey();
    }
    const challenge = new SignedFor(challenges, purpose);
    const { recognise } = challenge;
    const proven = await provenAssertion(shown, stored, { site, alone, recognise });
    if (proven === null || challenge.found === null) throw unknownPasskey();
    const spent = { id: stored.id, ...proven, challenge: challenge.found, now: now() };
    if (!await store.usePasskey(spent)) throw unknownPasskey();
    return stored;
  }
}

function isUnknownPasskey(error: unknown): error is ConfabError {
  return error instanceof ConfabError && error.code === "unauthenticated";
}

/** One answer, whatever is wrong: a stranger learns nothing of which passkeys there are. */
function unknownPasskey(): ConfabError {
  return wrongPasskey("unauthenticated", "This passkey is not known here, or was used too late.");
}
