/**
 * Invitations as strangers see them: what a code says, and how often somebody may guess one. It must
 * not know passwords, sessions or HTTP.
 */
import { noInvite } from "../errors.ts";
import type { Inviters } from "../protocol/door_permissions.ts";
import { INVITE_TEXT, inviteCodeIn } from "../protocol/invite_codes.ts";
import type { Invitation } from "../protocol/invites.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { Store } from "../store/store.ts";
import { countGuess, type Throttle } from "./throttle.ts";

export interface InvitationsOptions {
  store: Pick<Store, "invitation">;
  throttle: Throttle;
  /** Who may invite besides staff. */
  inviters(): Inviters;
  now(): Timestamp;
}

/** What lets a newcomer in, for the store. */
export interface InviteToSpend {
  code: string;
  inviters: Inviters;
}

export class Invitations {
  readonly #options: InvitationsOptions;

  constructor(options: InvitationsOptions) {
    this.#options = options;
  }

  /**
   * What the invitation says; `null` unless it is open. `rate_limited` for an address that has asked
   * for too many that are not.
   * @param text the code, or a link to it
   */
  async find(text: string, address: string): Promise<Invitation | null> {
    const { store, throttle, inviters, now } = this.#options;
    const code = inviteCodeIn(text.slice(0, INVITE_TEXT));
    return await countGuess(
      throttle.guessInvite(address),
      () => store.invitation({ code, inviters: inviters(), now: now() }),
    );
  }

  /** The same; `not_found` unless it is open. */
  async require(text: string, address: string): Promise<Invitation> {
    const found = await this.find(text, address);
    if (found === null) throw noInvite();
    return found;
  }

  /** What the store spends for somebody new. `not_found` unless it is open. */
  async toSpend(text: string, address: string): Promise<InviteToSpend> {
    await this.require(text, address);
    return { code: inviteCodeIn(text), inviters: this.#options.inviters() };
  }
}
