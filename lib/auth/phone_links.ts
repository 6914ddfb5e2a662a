/**
 * Signing in on a phone by a code that a signed-in device shows. Four steps, each once:
 *
 * 1. The device makes a code, which lives two minutes and ends with the device's session.
 * 2. A phone claims it. It gets a ticket of its own, so that the code is worth nothing any more to
 *    whoever else has seen it; and four digits, which both devices show.
 * 3. The device shows what wants in, and from where; its user compares the digits and confirms.
 * 4. The phone gets its session for the ticket.
 *
 * Only so is it offered, never the other way round: a code that a stranger's screen shows, scanned
 * by somebody who is signed in, would let in the stranger. It must not know HTTP or cookies.
 */
import { ConfabError } from "../errors.ts";
import type { PhoneClaim, PhoneLink, PhoneLinkState } from "../protocol/devices.ts";
import type { User } from "../protocol/people.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { Store } from "../store/store.ts";
import type { Caller } from "./caller.ts";
import { requireConfirmed } from "./confirmed.ts";
import { deviceName } from "./device.ts";
import { hashOfSecret, newSecret, newToken } from "./secrets.ts";
import type { Client, SignedIn } from "./sessions.ts";
import type { SigningIn } from "./signing_in.ts";
import type { Throttle } from "./throttle.ts";

/** Milliseconds to scan the code, to confirm, and for the phone to pick up its session. */
const TO_SCAN = 2 * 60_000;
const TO_CONFIRM = 2 * 60_000;
const TO_PICK_UP = 60_000;

export interface PhoneLinkOptions {
  store: Pick<
    Store,
    | "claimedPhoneLink"
    | "claimPhoneLink"
    | "decidePhoneLink"
    | "makePhoneLink"
    | "offeredPhoneLink"
    | "phoneLink"
    | "spendPhoneLink"
  >;
  /** At least 32 bytes, the same on every node: codes are made of it, and stored nowhere. */
  secret: Uint8Array<ArrayBuffer>;
  signingIn: Pick<SigningIn, "open">;
  throttle: Pick<Throttle, "knock">;
  now(): Timestamp;
  randomBytes(length: number): Uint8Array<ArrayBuffer>;
}

/** What the phone that has claimed a code is told while it waits. */
export interface Claimed {
  state: PhoneLinkState;
  check: string;
  user: User;
}

/** A code, as the device that shows it sees it: `code` is null once a phone has claimed it. */
export interface ShownLink extends Omit<PhoneLink, "url"> {
  code: string | null;
}

export class PhoneLinks {
  readonly #options: PhoneLinkOptions;
  readonly #key: Promise<CryptoKey>;

  constructor(options: PhoneLinkOptions) {
    this.#options = options;
    const hmac = { name: "HMAC", hash: "SHA-256" };
    this.#key = crypto.subtle.importKey("raw", options.secret, hmac, false, ["sign"]);
  }

  /**
   * Makes a new code, in the place of the one before. `confirm_first`: a screen left alone for a
   * moment must not be enough to stay in for good.
   */
  async make(caller: Caller): Promise<ShownLink> {
    const { store, now, randomBytes } = this.#options;
    requireConfirmed(caller, now());
    const { user, sessionId } = caller;
    const nonce = newSecret(randomBytes);
    const code = await this.#codeOf(nonce);
    const [codeHash, at] = [await hashOfSecret(code), now()];
    const expiresAt = at + TO_SCAN;
    const id = await store.makePhoneLink({
      userId: user.id,
      sessionId,
      nonce,
      codeHash,
      now: at,
      expiresAt,
    });
    return { id, state: "waiting", code, device: null, address: null, check: null, expiresAt };
  }

  /** The code that this session shows; null if there is none, or it has expired. */
  async shown({ user, sessionId }: Caller): Promise<ShownLink | null> {
    const { store, now } = this.#options;
    const link = await store.phoneLink({ userId: user.id, sessionId, now: now() });
    if (link === null) return null;
    const { nonce, ...shown } = link;
    return { ...shown, code: link.state === "waiting" ? await this.#codeOf(nonce) : null };
  }

  /** Lets the phone in that asks, or not. `not_found` if it is another code by now. */
  decide({ user, sessionId }: Caller, id: number, allow: boolean): Promise<void> {
    const { store, now } = this.#options;
    const at = now();
    return store.decidePhoneLink({
      userId: user.id,
      sessionId,
      id,
      allow,
      now: at,
      expiresAt: at + TO_PICK_UP,
    });
  }

  /** Whose account a code opens; `not_found` for one that is unknown, used or expired. */
  async offered(code: string, client: Client): Promise<User> {
    const { store, now, throttle } = this.#options;
    throttle.knock(client.address);
    const user = await store.offeredPhoneLink({ codeHash: await hashOfSecret(code), now: now() });
    if (user === null) throw codeGone();
    return user;
  }

  /** A phone takes the code. `not_found` as above: of two at once, one gets it. */
  async claim(code: string, client: Client): Promise<PhoneClaim> {
    const { store, now, randomBytes, throttle } = this.#options;
    throttle.knock(client.address);
    const { token: ticket, hash: claimHash } = await newToken(randomBytes);
    const check = digitsOf(randomBytes(4));
    const at = now();
    const expiresAt = at + TO_CONFIRM;
    const user = await store.claimPhoneLink({
      codeHash: await hashOfSecret(code),
      claimHash,
      device: deviceName(client.userAgent),
      address: client.address,
      check,
      now: at,
      expiresAt,
    }).catch(rethrowGone);
    return { ticket, check, user, expiresAt };
  }

  /** What has become of it; null once it is over. It counts nothing: the phone asks again and again. */
  async claimed(ticket: string): Promise<Claimed | null> {
    const { store, now } = this.#options;
    return await store.claimedPhoneLink({ claimHash: await hashOfSecret(ticket), now: now() });
  }

  /**
   * The session, once it is confirmed; null as long as nobody has decided. `forbidden` where it was
   * refused; `not_found` where it is over.
   */
  async open(ticket: string, client: Client): Promise<SignedIn | null> {
    const { store, now, signingIn, throttle } = this.#options;
    const claimed = await this.claimed(ticket);
    // Whoever waits asks often, with a ticket that is one; all others guess.
    if (claimed === null) throttle.knock(client.address);
    if (claimed?.state === "asked") return null;
    if (claimed?.state === "refused") {
      throw new ConfabError("forbidden", "The other device has refused this sign-in.");
    }
    const claimHash = await hashOfSecret(ticket);
    const { userId, confirmedBy } = await store.spendPhoneLink({ claimHash, now: now() })
      .catch(rethrowGone);
    return await signingIn.open({ userId, way: "phone", confirmedBy }, client)
      .catch(rethrowGone);
  }

  /** Nobody who reads the database can make it. */
  async #codeOf(nonce: string): Promise<string> {
    const text = new TextEncoder().encode(`phone link ${nonce}`);
    const code = await crypto.subtle.sign("HMAC", await this.#key, text);
    return new Uint8Array(code).toBase64({ alphabet: "base64url", omitPadding: true });
  }
}

/** Four digits for people to compare: they tell phones apart that scanned at the same time. */
function digitsOf(bytes: Uint8Array<ArrayBuffer>): string {
  const number = new DataView(bytes.buffer).getUint32(0) % 10_000;
  return String(number).padStart(4, "0");
}

function codeGone(): ConfabError {
  return new ConfabError("not_found", "This code has been used, or has expired.");
}

/** `unauthenticated`: the session that let it in has ended in this moment. */
function rethrowGone(error: unknown): never {
  const isGone = error instanceof ConfabError &&
    ["not_found", "unauthenticated"].includes(error.code);
  throw isGone ? codeGone() : error;
}
