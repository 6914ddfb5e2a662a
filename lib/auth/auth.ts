/**
 * Who is calling: signup, login, logout, and from token to caller. The rules of access are here; it
 * must not know HTTP, cookies or routes.
 *
 * Inputs (lengths, letters) have already been checked against `protocol/accounts.ts`.
 */
import { maySignUp } from "../protocol/permissions.ts";
import type { Session } from "../protocol/sessions.ts";
import { addressNetwork } from "./address.ts";
import type { AuthOptions } from "./auth_options.ts";
import type { Caller } from "./caller.ts";
import { AskingToJoin } from "./asking.ts";
import type { AuthStore } from "./auth_store.ts";
import { FailedSignIns } from "./failed_sign_ins.ts";
import { Invitations } from "./invitations.ts";
import type { Factors } from "./factors.ts";
import { laterFactors } from "./later_factors.ts";
import { laterPasskeys, type PasskeyDoors } from "./later_passkeys.ts";
import { OwnPassword } from "./own_password.ts";
import { createPasswords, type Passwords } from "./password.ts";
import { refuseSignup, refuseWeakPassword, wrongLogin } from "./refusals.ts";
import { RequiredFactor } from "./required_factor.ts";
import { type Client, type Ended, Sessions, type SignedIn } from "./sessions.ts";
import { SigningIn } from "./signing_in.ts";
import { proofsOf } from "./confirm_proofs.ts";
import { Confirming } from "./confirming.ts";
import type { SignupInput } from "./signup_input.ts";
import { countGuess, createThrottle, type Throttle } from "./throttle.ts";
import type { Turn } from "./turns.ts";

export type { AuthOptions } from "./auth_options.ts";
export type { AuthStore } from "./auth_store.ts";
export type { Caller } from "./caller.ts";
export type { SignupInput } from "./signup_input.ts";
export type { Client, Ended, SignedIn } from "./sessions.ts";

/** An id that no account has. */
const NOBODY = 0;

/**
 * Every method may also throw `unavailable`: the store is down, or too many passwords are waiting
 * to be hashed.
 */
export class Auth {
  readonly #options: AuthOptions;
  readonly #store: AuthStore;
  readonly #passwords: Passwords;
  readonly #throttle: Throttle;
  readonly #sessions: Sessions;
  readonly #failures: FailedSignIns;
  /** Where every way in ends; also for the ways that are not in this file. */
  readonly signingIn: SigningIn;
  readonly invitations: Invitations;
  readonly asking: AskingToJoin;
  readonly ownPassword: OwnPassword;
  /** Showing once more who one is, before something dangerous. */
  readonly confirming: Confirming;
  /** One's own second factor, and passkeys: loaded for the first who has one. */
  readonly factors: () => Promise<Factors>;
  readonly passkeys: () => Promise<PasskeyDoors>;
  readonly requiredFactor: RequiredFactor;
  /** There is an account. */
  #inhabited = false;

  constructor(options: AuthOptions) {
    this.#options = options;
    this.#store = options.store;
    this.#passwords = options.passwords ?? createPasswords();
    this.#throttle = options.throttle ?? createThrottle(options);
    this.#failures = new FailedSignIns(options);
    this.requiredFactor = new RequiredFactor(options);
    this.#sessions = new Sessions({ ...options, requiredFactor: this.requiredFactor });
    this.signingIn = new SigningIn({ ...options, sessions: this.#sessions });
    const [passwords, throttle] = [this.#passwords, this.#throttle];
    this.invitations = new Invitations({ ...options, throttle });
    this.asking = new AskingToJoin({ ...options, passwords, throttle });
    this.ownPassword = new OwnPassword({ ...options, passwords, throttle });
    this.factors = laterFactors(options, this, throttle, this.#failures);
    const [signingIn, failures] = [this.signingIn, this.#failures];
    this.passkeys = laterPasskeys({ ...options, signingIn, throttle, failures });
    this.confirming = new Confirming({ ...options, proofs: proofsOf(this) });
  }

  /**
   * Whether somebody new may sign up: if signup is open always, otherwise until there is an account.
   */
  async mayOpenAccount(): Promise<boolean> {
    // Queries the database only if it matters.
    const open = this.#options.signup() === "open";
    return maySignUp({ open, empty: !open && !await this.#store.hasAccounts() }) === "allowed";
  }

  /** Whether there is no account yet: the next one becomes the owner. */
  async isNew(): Promise<boolean> {
    // Accounts are never removed: once there is one, there is no need to ask again.
    this.#inhabited ||= await this.#store.hasAccounts();
    return !this.#inhabited;
  }

  /**
   * `rate_limited` if this address has used up its signups and logins. It counts nothing: for
   * asking before even reading a body.
   */
  mayKnock(address: string): void {
    this.#throttle.mayKnock(address);
  }

  /**
   * Creates an account. `rate_limited`; `forbidden` if signup is closed and no invitation is given;
   * `not_found` for one that is not open; `invalid` for a common password; `conflict` for a name
   * that is taken.
   */
  async signup(input: SignupInput, client: Client): Promise<SignedIn> {
    this.#throttle.knock(client.address);
    // A form sends the field it left empty.
    const invite = !input.invite
      ? null
      : await this.invitations.toSpend(input.invite, client.address);
    if (invite === null && !await this.mayOpenAccount()) {
      throw refuseSignup(this.#options.signup());
    }
    refuseWeakPassword(input.password, input.username);
    this.#throttle.signup(client.address);
    const turn = { queue: "signups", key: addressNetwork(client.address) } as const;
    const passwordHash = await this.#passwords.hash(input.password, turn);
    return await this.signingIn.openAccount(
      {
        username: input.username,
        displayName: input.displayName ?? input.username,
        passwordHash,
        // The answer above may be stale: the store decides between two simultaneous first signups.
        firstOnly: this.#options.signup() !== "open" || input.firstOnly === true,
        invite,
      },
      "signup",
      client,
    );
  }

  /**
   * `rate_limited`; `unauthenticated` for a wrong user or password, the same answer in the same
   * time; `forbidden` for a disabled account, or one that was asked for and is not there yet, only to
   * those who know its password; `second_factor`
   * where the account has one.
   */
  async login(
    input: { username: string; password: string },
    client: Client,
  ): Promise<SignedIn> {
    this.#throttle.knock(client.address);
    const credentials = await this.#store.credentials({ username: input.username });
    // Read for unknown users too, as the password is compared below: a faster answer would reveal
    // that there is no such user.
    const userId = credentials?.user.id ?? NOBODY;
    const [places, asked] = await Promise.all([
      this.#store.listSessions({ userId, now: this.#options.now() }),
      this.asking.hashOf(input.username),
    ]);
    const attempt = this.#throttle.guessLogin(input.username, client, places);
    const turn: Turn = attempt.known
      ? { queue: "known", key: String(userId) }
      : { queue: "strangers", key: addressNetwork(client.address) };
    const found = await countGuess(attempt, async () => {
      const known = credentials ?? asked;
      const hash = known?.passwordHash ?? null;
      return await this.#passwords.verify(hash, input.password, turn) ? known : null;
    });
    if (found === null) {
      if (credentials !== null) this.#failures.note(userId, "password", client.address);
      throw wrongLogin();
    }
    if ("refusal" in found) throw found.refusal;
    const { user: { id }, passwordHash } = found;
    return await this.signingIn.open({ userId: id, way: "password", passwordHash }, client);
  }

  /** The second step of a sign-in: see `Factors.finish`. */
  async loginSecond(input: { ticket: string; code: string }, client: Client): Promise<SignedIn> {
    return await (await this.factors()).finish(input, client);
  }

  /**
   * The caller with this token; `null` if it is forged or expired, or its session was revoked. Asks
   * the store every time, so revoking works at once; a store failure is `unavailable`, never
   * `null`: nobody is signed out because a disk is full.
   */
  authenticate(token: string, address: string): Promise<Caller | null> {
    return this.#sessions.authenticate(token, address);
  }

  /**
   * Whose session a token named, and why it ended; `null` if it was never ours, or unknown. It lets
   * nobody in.
   */
  whyEnded(token: string): Promise<Ended | null> {
    return this.#sessions.whyEnded(token);
  }

  /** Revokes the caller's session; repeating it changes nothing. */
  logout(caller: Caller): Promise<void> {
    return this.#sessions.end(caller.user.id, caller.sessionId, "logout");
  }

  /**
   * Revokes every other session. `forbidden` if the current password is wrong; `rate_limited`;
   * `invalid` for a common password.
   */
  changePassword(caller: Caller, current: string, password: string): Promise<void> {
    return this.ownPassword.change(caller, current, password);
  }

  /** The same where nothing is open to somebody who lacks a required second factor: a socket. */
  async authenticateFully(token: string, address: string): Promise<Caller | null> {
    const caller = await this.authenticate(token, address);
    return caller?.lacksFactor ? null : caller;
  }

  /** Whether a session still opens a socket. */
  isOpen(sessionId: number): Promise<boolean> {
    return this.#sessions.isOpen(sessionId);
  }

  /** The caller's sessions, with the current one marked. */
  sessions(caller: Caller): Promise<Session[]> {
    return this.#sessions.list(caller);
  }

  /** Revokes a misused session; repeating it changes nothing. */
  endSession(userId: number, sessionId: number): Promise<void> {
    return this.#sessions.end(userId, sessionId, "revoked");
  }

  /** `not_found` if the caller has no such session. */
  revokeSession(caller: Caller, id: number): Promise<void> {
    return this.#sessions.revoke(caller, id);
  }

  /** Writes pending data. */
  async close(): Promise<void> {
    await Promise.all([this.#sessions.flush(), this.#failures.flush()]);
  }
}
