/**
 * One's own second factor: setting up an authenticator app, recovery codes, and finishing a sign-in
 * with either. It must not know HTTP or pages; passkeys are `passkeys.ts`'s.
 */
import { ConfabError } from "../errors.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { FactorState } from "../protocol/second_factor.ts";
import type { Store } from "../store/store.ts";
import type { Caller } from "./caller.ts";
import { requireConfirmed } from "./confirmed.ts";
import { noSuchProof } from "./confirming.ts";
import type { FailedSignIns } from "./failed_sign_ins.ts";
import type { GuessCode } from "./code_guesses.ts";
import type { OwnPassword } from "./own_password.ts";
import { hashOfRecoveryCode, newRecoveryCodes } from "./recovery_codes.ts";
import { missingPassword, wrongCode } from "./refusals.ts";
import type { Client, SignedIn } from "./sessions.ts";
import { type FactorProof, type PendingSignIn, type SigningIn, ticketGone } from "./signing_in.ts";
import { type Attempt, countGuess, type Throttle } from "./throttle.ts";
import { type NewTotp, newTotp, stepOf, uriOf } from "./totp.ts";

/** How long an app may take to be set up, in milliseconds. */
const SET_UP_WITHIN = 15 * 60_000;

export type FactorStore = Pick<
  Store,
  | "beginTotp"
  | "confirmTotp"
  | "factorState"
  | "listSessions"
  | "nextTotp"
  | "removeTotp"
  | "replaceRecoveryCodes"
  | "secondFactors"
  | "spendFactor"
  | "totpSecret"
>;

export interface FactorOptions {
  store: FactorStore;
  signingIn: SigningIn;
  ownPassword: OwnPassword;
  throttle: Throttle;
  guessCode: GuessCode;
  failures: Pick<FailedSignIns, "note">;
  /** What an app shows beside the username. */
  issuer(): string;
  now(): Timestamp;
  randomBytes(length: number): Uint8Array<ArrayBuffer>;
}

export class Factors {
  readonly #options: FactorOptions;

  constructor(options: FactorOptions) {
    this.#options = options;
  }

  state(caller: Caller): Promise<FactorState> {
    return this.#options.store.factorState({ userId: caller.user.id });
  }

  /**
   * A secret for an app, which works once its first code has come. Asks for the password; of an
   * account without one, or for `confirmed`, that the session has shown lately whose it is
   * (`confirm_first`). `invalid` without the password; `forbidden` for a wrong one; `rate_limited`.
   */
  async beginTotp(
    caller: Caller,
    proof: { password?: string | undefined } | "confirmed",
  ): Promise<NewTotp> {
    const password = proof === "confirmed" ? undefined : proof.password;
    const { store, ownPassword, issuer, now, randomBytes } = this.#options;
    const { id: userId, username } = caller.user;
    const asked = proof !== "confirmed" && password === undefined;
    if (asked && await ownPassword.exists(caller)) throw missingPassword();
    await this.#requireSelf(caller, password);
    const totp = await newTotp(randomBytes, issuer(), username);
    await store.beginTotp({ userId, secret: totp.secret, until: now() + SET_UP_WITHIN });
    return totp;
  }

  /** Forgets the app that waits; one before it goes on. */
  cancelTotp({ user: { id: userId } }: Caller): Promise<void> {
    return this.#options.store.beginTotp({ userId, secret: "", until: 0 });
  }

  /** The app that waits for its first code, for a page that shows it again; `null` without one. */
  async waitingTotp({ user: { id: userId, username } }: Caller): Promise<NewTotp | null> {
    const { store, issuer, now } = this.#options;
    const secret = await store.nextTotp({ userId, now: now() });
    return secret === null ? null : { secret, uri: await uriOf(secret, issuer(), username) };
  }

  /**
   * The app's first code: from now on it is asked for. Recovery codes, if there were none. `conflict`
   * if no secret waits; `forbidden` for a wrong code.
   */
  async confirmTotp(caller: Caller, code: string, client: Client): Promise<string[]> {
    const { store, now, randomBytes } = this.#options;
    const userId = caller.user.id;
    const confirmed = await countGuess(this.#ownGuess(caller), async () => {
      const secret = await store.nextTotp({ userId, now: now() });
      if (secret === null) throw notBegun();
      const step = await stepOf(digitsOf(code), secret, now());
      if (step === null) return null;
      const codes = newRecoveryCodes(randomBytes);
      const recoveryHashes = await hashesOf(codes);
      const { address } = client;
      const given = { userId, secret, step, recoveryHashes, address, now: now() };
      const done = await store.confirmTotp(given);
      if (done === null) throw notBegun();
      return done.keptCodes ? codes : [];
    });
    if (confirmed === null) throw wrongCode("forbidden");
    return confirmed;
  }

  /** Takes the app away. Asks for the password or, without it, for a confirmation of late. */
  async removeTotp(caller: Caller, password: string | undefined, client: Client): Promise<void> {
    const { store, now } = this.#options;
    await this.#requireSelf(caller, password);
    const { address } = client;
    await store.removeTotp({ userId: caller.user.id, address, now: now() });
  }

  /** Ten new recovery codes; those before end. `conflict` without a second factor. */
  async renewCodes(
    caller: Caller,
    password: string | undefined,
    client: Client,
  ): Promise<string[]> {
    const { store, now, randomBytes } = this.#options;
    await this.#requireSelf(caller, password);
    const codes = newRecoveryCodes(randomBytes);
    const hashes = await hashesOf(codes);
    const { address } = client;
    const userId = caller.user.id;
    if (await store.replaceRecoveryCodes({ userId, hashes, address, now: now() })) return codes;
    throw new ConfabError("conflict", "There is no second factor that they could stand in for.");
  }

  async #requireSelf(caller: Caller, password: string | undefined): Promise<void> {
    const { ownPassword, now } = this.#options;
    if (password !== undefined) await ownPassword.prove(caller, password);
    else requireConfirmed(caller, now());
  }

  /**
   * Finishes a sign-in by a code of the app or a recovery code. `unauthenticated` for a wrong or
   * used one, naming the field `code`, and for a ticket that has ended, naming `ticket`;
   * `rate_limited`.
   */
  async finish(
    { ticket, code }: { ticket: string; code: string },
    client: Client,
  ): Promise<SignedIn> {
    const { signingIn, store, throttle, now } = this.#options;
    throttle.knock(client.address);
    const waiting = await signingIn.pending(ticket);
    if (waiting === null) throw ticketGone();
    const { userId } = waiting;
    const places = await store.listSessions({ userId, now: now() });
    const attempt = this.#options.guessCode(userId, client, places);
    const session = await countGuess(attempt, async () => {
      const proof = await this.#proofOf(await signingIn.attempt(ticket), code);
      return proof && await signingIn.finish(ticket, proof, client);
    });
    if (session === null) {
      this.#options.failures.note(userId, "second", client.address);
      throw wrongCode("unauthenticated");
    }
    return session;
  }

  /**
   * For a caller who shows again who they are: uses a code of the app, or a recovery code.
   * `forbidden` where it is wrong or was used before; `rate_limited`.
   */
  async prove(caller: Caller, code: string): Promise<void> {
    const { store } = this.#options;
    const userId = caller.user.id;
    const { totpSince, recoveryCodes } = await store.factorState({ userId });
    if (totpSince === null && recoveryCodes === 0) throw noSuchProof();
    const found = await countGuess(this.#ownGuess(caller), async () => {
      const proof = await this.#proofOf({ totp: await store.totpSecret({ userId }) }, code);
      return proof && await store.spendFactor({ userId, proof }) || null;
    });
    if (found === null) throw wrongCode("forbidden");
  }

  /** Whoever is signed in is counted by themselves, wherever they are. */
  #ownGuess({ user: { id } }: Caller): Attempt {
    const here = { address: "signed in", userAgent: null };
    return this.#options.guessCode(id, here, [{ address: here.address, device: "" }]);
  }

  async #proofOf(
    { totp }: Pick<PendingSignIn, "totp">,
    code: string,
  ): Promise<FactorProof | null> {
    const { now } = this.#options;
    const step = totp && await stepOf(digitsOf(code), totp.secret, now(), totp.lastStep);
    if (step !== null) return { kind: "totp", step };
    const hash = await hashOfRecoveryCode(code);
    return hash === null ? null : { kind: "recovery", hash };
  }
}

/** Apps show "123 456". */
function digitsOf(code: string): string {
  return code.replace(/[\s-]/g, "");
}

function hashesOf(codes: readonly string[]): Promise<string[]> {
  return Promise.all(codes.map(async (code) => (await hashOfRecoveryCode(code))!));
}

function notBegun(): ConfabError {
  return new ConfabError("conflict", "No app is being set up: begin again.");
}
