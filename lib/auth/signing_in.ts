/**
 * Where every way in ends: nothing else opens sessions. A way (a password, a passkey, a provider, a
 * link to a new password…) proves by itself whose the account is, counts its own guesses, and then
 * calls one of three:
 *
 * - `open`, for an account that is there. It notes the way in the session, refuses disabled
 *   accounts, and, where the way is only half of the proof (`protocol/ways_in.ts`) and the account has
 *   a second factor, throws `second_factor` with a ticket instead. HTTP answers that error by itself:
 *   programs get ticket and methods, forms are led to `/login/second` (`http/opening.ts`).
 * - `openAccount`, for one that is made now, with its first session.
 * - `finish`, with a ticket and what was shown for it.
 *
 * A ticket lives 5 minutes and 5 tries, on all nodes together, since the database counts; it is
 * spent with the session that it opens. It ends with the password that it was given for. It must not
 * know passwords, codes, HTTP or cookies.
 */
import { ConfabError } from "../errors.ts";
import type { Timestamp } from "../protocol/time.ts";
import { isOwnWay, type WayIn } from "../protocol/ways_in.ts";
import type { Accounts } from "../store/contract/accounts.ts";
import type { Upstream } from "../store/contract/oidc.ts";
import type { FactorProof, PendingSignIn } from "../store/contract/second_factor.ts";
import type { Store } from "../store/store.ts";
import { wrongLogin } from "./refusals.ts";
import { hashOfSecret, newToken, type Token } from "./secrets.ts";
import type { Client, Sessions, SignedIn } from "./sessions.ts";

export type { FactorProof, PendingSignIn } from "../store/contract/second_factor.ts";

/** In milliseconds. */
export const TICKET_LIFETIME = 5 * 60 * 1000;

export type SigningInStore = Pick<
  Store,
  "createAccount" | "finishSignIn" | "openSession" | "pendingSignIn" | "tryPendingSignIn"
>;

export interface SigningInOptions {
  store: SigningInStore;
  sessions: Pick<Sessions, "issue" | "prepare">;
  now(): Timestamp;
  randomBytes(length: number): Uint8Array<ArrayBuffer>;
  /** Others than the owner come in by a provider or a proxy alone; nobody is so restricted untold. */
  restricted?(): boolean;
  /** Somebody is in, by this way; for who counts them. */
  opened?(way: WayIn): void;
}

/** Whose account it is, as a way has proven it. */
export interface Proven {
  userId: number;
  way: Exclude<WayIn, "signup">;
  /**
   * The hash that the password was compared with: if it is another one by the time that the session
   * is opened, nobody gets in. Ways without a password leave it out.
   */
  passwordHash?: string;
  /** What the session begins with elsewhere, for `oidc` and `proxy`. */
  upstream?: Upstream;
  /** The session that let this one in, where one did. */
  confirmedBy?: number;
}

/** What the store needs to create an account, apart from its first session. */
export type NewAccount = Omit<Parameters<Accounts["createAccount"]>[0], "session" | "now">;

export class SigningIn {
  readonly #options: SigningInOptions;
  /**
   * Tickets made for sign-ins that then asked for none; nobody has seen them. Hashing costs a turn of
   * a thread, which few sign-ins need.
   */
  readonly #spare: Token[] = [];

  constructor(options: SigningInOptions) {
    this.#options = options;
  }

  /**
   * `second_factor` with a ticket; `forbidden` for a disabled account; `unauthenticated` if the
   * password has changed meanwhile.
   */
  async open(proven: Proven, client: Client): Promise<SignedIn> {
    const { userId, way, passwordHash, upstream, confirmedBy } = proven;
    const { store, sessions, now, randomBytes } = this.#options;
    const session = {
      ...sessions.prepare(client, way),
      ...(upstream && { upstream }),
      ...(confirmedBy !== undefined && { confirmedBy }),
    };
    const ticket = this.#spare.pop() ?? await newToken(randomBytes);
    const opened = await store.openSession({
      userId,
      session,
      passwordHash: passwordHash ?? null,
      ownerOnly: this.#isClosed(way),
      ticket: { hash: ticket.hash, expiresAt: now() + TICKET_LIFETIME },
      now: now(),
    });
    if (opened.kind !== "second_factor") this.#spare.push(ticket);
    if (opened.kind === "changed") throw wrongLogin();
    if (opened.kind === "elsewhere") throw onlyElsewhere();
    if (opened.kind === "opened") {
      this.#options.opened?.(way);
      return await sessions.issue(opened.user, opened.sessionId, session.expiresAt);
    }
    throw new ConfabError("second_factor", "Now prove it a second time.", {
      secondFactor: { ticket: ticket.token, methods: opened.methods },
    });
  }

  /** Throws what the store's `createAccount` throws. `way`: how the newcomer was proven, if so. */
  async openAccount(
    account: NewAccount,
    way: WayIn,
    client: Client,
    upstream?: Upstream,
  ): Promise<SignedIn> {
    const { store, sessions, now } = this.#options;
    const isClosed = this.#isClosed(way);
    if (isClosed && account.invite) throw onlyElsewhere();
    const session = { ...sessions.prepare(client, way), ...(upstream && { upstream }) };
    const { user, sessionId } = await store.createAccount({
      ...account,
      firstOnly: account.firstOnly || isClosed,
      session,
      now: now(),
    });
    this.#options.opened?.(way);
    return await sessions.issue(user, sessionId, session.expiresAt);
  }

  #isClosed(way: WayIn): boolean {
    return isOwnWay(way) && (this.#options.restricted?.() ?? false);
  }

  /** Whose sign-in waits under this ticket, for a page to say what it asks for. Counts nothing. */
  async pending(ticket: string): Promise<PendingSignIn | null> {
    const { store, now } = this.#options;
    return await store.pendingSignIn({ hash: await hashOfSecret(ticket), now: now() });
  }

  /**
   * The same, and counts one of the five tries: to be called before anything is compared.
   * `unauthenticated` where the ticket is unknown, has expired, or was tried too often.
   */
  async attempt(ticket: string): Promise<PendingSignIn> {
    const { store, now } = this.#options;
    const found = await store.tryPendingSignIn({ hash: await hashOfSecret(ticket), now: now() });
    if (found === null) throw ticketGone();
    return found;
  }

  /**
   * Opens the session that waited. The proof was found right by the caller, after `attempt`; here it
   * is spent. `null` where it or the ticket was spent before: of two at once, one gets in.
   * `forbidden` for an account disabled meanwhile.
   */
  async finish(ticket: string, proof: FactorProof, client: Client): Promise<SignedIn | null> {
    const { store, sessions, now } = this.#options;
    const hash = await hashOfSecret(ticket);
    // The way is the ticket's: the store knows it.
    const { way: _, ...session } = sessions.prepare(client, "password");
    const found = await store.finishSignIn({ hash, proof, session, now: now() });
    return found && await sessions.issue(found.user, found.sessionId, session.expiresAt);
  }
}

/** Told only to those who have proven whose account it is. */
function onlyElsewhere(): ConfabError {
  return new ConfabError("forbidden", "Here people sign in through the provider of their account.");
}

/** Begin again, with the first proof. */
export function ticketGone(): ConfabError {
  const message = "This sign-in has expired. Begin again.";
  return new ConfabError("unauthenticated", message, {
    errors: [{ path: "ticket", message, reason: "wrong" }],
  });
}
