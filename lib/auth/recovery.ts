/**
 * Lost passwords: asking for a link, and setting a new one by it. Whoever has the link is believed:
 * who may make one, the store and the commands decide. It must not know HTTP, mail or how links are
 * written.
 */
import { notFound } from "../errors.ts";
import type { Language } from "../protocol/accounts.ts";
import { loginName } from "../protocol/names.ts";
import type { User } from "../protocol/people.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { Store } from "../store/store.ts";
import { countLook } from "./link_looks.ts";
import type { Passwords } from "./password.ts";
import { refuseWeakPassword } from "./refusals.ts";
import { hashOfSecret, isSecret } from "./secrets.ts";
import type { Client, SignedIn } from "./sessions.ts";
import type { SigningIn } from "./signing_in.ts";
import type { Throttle } from "./throttle.ts";

export interface RecoveryOptions {
  store: Pick<Store, "findReset" | "queueReset" | "useReset">;
  passwords: Passwords;
  throttle: Pick<Throttle, "askForLetter" | "knock" | "mayKnock">;
  signingIn: Pick<SigningIn, "open">;
  now(): Timestamp;
}

export class Recovery {
  readonly #options: RecoveryOptions;

  constructor(options: RecoveryOptions) {
    this.#options = options;
  }

  /**
   * Somebody says that they have lost the password of the account with this name or address. Known
   * and unknown cost and answer the same: nothing is looked up before the letter is sent.
   * `rate_limited`; `unavailable`.
   */
  async ask(asked: string, language: Language, client: Client): Promise<void> {
    const { store, throttle, now } = this.#options;
    throttle.askForLetter(client.address, loginName(asked));
    await store.queueReset({ asked, language, now: now(), from: client.address });
  }

  /**
   * Whose password a link would set. `not_found` for one that works no more, or never did: that
   * counts as an attempt, so that nobody tries many. `rate_limited`.
   */
  async ownerOf(token: string, client: Client): Promise<User> {
    return await countLook(this.#options.throttle, client, () => this.#ownerOf(token));
  }

  async #ownerOf(token: string): Promise<User> {
    if (!isSecret(token)) throw notFound("reset link");
    const { store, now } = this.#options;
    const found = await store.findReset({ tokenHash: await hashOfSecret(token), now: now() });
    if (found === null) throw notFound("reset link");
    return found.user;
  }

  /**
   * Sets the password, ends every session of the account and opens one. `not_found` as above;
   * `invalid` for a common password, which leaves the link as it is; `rate_limited`. Where the
   * account has a second factor, `second_factor`: the password is set, and the link is no proof of
   * the rest.
   */
  async setPassword(
    { token, password }: { token: string; password: string },
    client: Client,
  ): Promise<SignedIn> {
    const { store, passwords, throttle, signingIn, now } = this.#options;
    throttle.knock(client.address);
    // Before the slow step: only those with a link may ask for it.
    const { id: userId, username } = await this.#ownerOf(token);
    refuseWeakPassword(password, username);
    const turn = { queue: "changes", key: String(userId) } as const;
    const passwordHash = await passwords.hash(password, turn);
    const tokenHash = await hashOfSecret(token);
    await store.useReset({ tokenHash, passwordHash, now: now(), address: client.address });
    return await signingIn.open({ userId, way: "reset", passwordHash }, client);
  }
}
