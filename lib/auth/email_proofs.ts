/**
 * Links in letters that prove an e-mail address. Whoever has the link is believed: which one is sent,
 * and where to, the store decides. It must not know HTTP, mail or how links are written.
 */
import { notFound } from "../errors.ts";
import type { User } from "../protocol/people.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { Store } from "../store/store.ts";
import { countLook } from "./link_looks.ts";
import { hashOfSecret, isSecret } from "./secrets.ts";
import type { Client } from "./sessions.ts";
import type { Throttle } from "./throttle.ts";

export interface EmailProofsOptions {
  store: Pick<Store, "findEmailProof" | "proveEmail">;
  throttle: Pick<Throttle, "knock" | "mayKnock">;
  now(): Timestamp;
}

/** What a link proves. */
export interface EmailProof {
  user: User;
  address: string;
}

export class EmailProofs {
  constructor(private readonly options: EmailProofsOptions) {}

  /**
   * What a link would prove. `not_found` for one that works no more, or never did: that counts as an
   * attempt, so that nobody tries many. `rate_limited`.
   */
  async find(token: string, client: Client): Promise<EmailProof> {
    return await countLook(this.options.throttle, client, () => this.#find(token));
  }

  async #find(token: string): Promise<EmailProof> {
    if (!isSecret(token)) throw notFound("link");
    const { store, now } = this.options;
    const found = await store.findEmailProof({ tokenHash: await hashOfSecret(token), now: now() });
    if (found === null) throw notFound("link");
    return found;
  }

  /** `not_found` as above; `conflict` if the address is another account's by now; `rate_limited`. */
  async use(token: string, client: Client): Promise<EmailProof> {
    const { store, throttle, now } = this.options;
    throttle.knock(client.address);
    await this.#find(token);
    const tokenHash = await hashOfSecret(token);
    return await store.proveEmail({ tokenHash, now: now(), from: client.address });
  }
}
