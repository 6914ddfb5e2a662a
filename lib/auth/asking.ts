/**
 * Asking to be let in, where signup is by asking staff: the name and the password are kept until
 * staff decide, and become the account's. It must not know HTTP.
 */
import { ConfabError } from "../errors.ts";
import type { JoinRequest } from "../protocol/join_requests.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { SignupMode } from "../protocol/workspace.ts";
import type { Store } from "../store/store.ts";
import { addressNetwork } from "./address.ts";
import type { Passwords } from "./password.ts";
import { refuseWeakPassword } from "./refusals.ts";
import type { Client } from "./sessions.ts";
import type { Throttle } from "./throttle.ts";

export interface AskingOptions {
  store: Pick<Store, "askToJoin" | "askedCredentials" | "hasAccounts">;
  signup(): SignupMode;
  passwords: Passwords;
  throttle: Throttle;
  now(): Timestamp;
}

export interface AskInput {
  username: string;
  password: string;
  displayName?: string | undefined;
  note?: string | undefined;
}

export class AskingToJoin {
  readonly #options: AskingOptions;

  constructor(options: AskingOptions) {
    this.#options = options;
  }

  /** Whether somebody new must ask; an invitation lets them in without. */
  async isNeeded(invite: string | undefined): Promise<boolean> {
    const { store, signup } = this.#options;
    return signup() === "ask" && !invite && await store.hasAccounts();
  }

  /**
   * `rate_limited`; `invalid` for a common password; `conflict` for a name that is taken, or waits
   * already; `unavailable` if too many wait.
   */
  async ask(input: AskInput, client: Client): Promise<JoinRequest> {
    const { store, passwords, throttle, now } = this.#options;
    const { username, password, displayName = username, note = "" } = input;
    throttle.knock(client.address);
    refuseWeakPassword(password, username);
    throttle.signup(client.address);
    const turn = { queue: "signups", key: addressNetwork(client.address) } as const;
    const passwordHash = await passwords.hash(password, turn);
    const asked = { username, displayName, passwordHash, note, address: client.address };
    return await store.askToJoin({ ...asked, now: now() });
  }

  /** The hash to compare with where there is no account of this name; null if nobody asked. */
  async hashOf(username: string): Promise<AskedHash | null> {
    const asked = await this.#options.store.askedCredentials({ username });
    return asked && { passwordHash: asked.passwordHash, refusal: refusalOf(asked.state) };
  }
}

export interface AskedHash {
  passwordHash: string;
  /** For whoever knows the password. */
  refusal: ConfabError;
}

function refusalOf(state: JoinRequest["state"]): ConfabError {
  const waits = state === "waiting";
  const message = waits
    ? "Your request to join waits for the staff."
    : "Your request to join was refused.";
  return new ConfabError("forbidden", message, {
    errors: [{ path: "username", message, reason: waits ? "waiting" : "refused" }],
  });
}
