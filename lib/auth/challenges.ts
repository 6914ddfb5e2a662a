/**
 * Challenges that a passkey signs (WebAuthn Level 3, section 13.4.3). None is kept: each says until
 * when it is good, and a signature of ours says that we made it, and for what; so whoever asks for
 * thousands fills no table. What was signed is spent in the store. It must not know passkeys.
 */
import type { Timestamp } from "../protocol/time.ts";
import { hashOfSecret } from "./secrets.ts";

/** How long a person may look for their key, in milliseconds. */
export const CHALLENGE_LIFETIME = 5 * 60_000;

const NONCE_BYTES = 16;
const TIME_BYTES = 8;
const HMAC = { name: "HMAC", hash: "SHA-256" };
const FORM = { alphabet: "base64url", omitPadding: true } as const;

export interface ChallengeOptions {
  /** At least 32 random bytes, the same on every node. */
  secret: Uint8Array<ArrayBuffer>;
  now(): Timestamp;
  randomBytes(length: number): Uint8Array<ArrayBuffer>;
}

export class Challenges {
  readonly #options: ChallengeOptions;
  readonly #key: Promise<CryptoKey>;

  constructor(options: ChallengeOptions) {
    this.#options = options;
    const uses: KeyUsage[] = ["sign", "verify"];
    this.#key = crypto.subtle.importKey("raw", options.secret, HMAC, false, uses);
  }

  /** @param purpose what it is asked for, and by whom: for anything else it is worth nothing */
  async make(purpose: string): Promise<string> {
    const { now, randomBytes } = this.#options;
    const head = new Uint8Array(NONCE_BYTES + TIME_BYTES);
    head.set(randomBytes(NONCE_BYTES));
    new DataView(head.buffer).setFloat64(NONCE_BYTES, now() + CHALLENGE_LIFETIME);
    const signature = await crypto.subtle.sign(HMAC, await this.#key, signed(purpose, head));
    return new Uint8Array([...head, ...new Uint8Array(signature)]).toBase64(FORM);
  }

  /** What to spend of a challenge that was made for this; `null` if it was not, or is too old. */
  async recognise(
    challenge: string,
    purpose: string,
  ): Promise<{ hash: string; expiresAt: Timestamp } | null> {
    const bytes = bytesOf(challenge);
    if (bytes === null || bytes.length <= NONCE_BYTES + TIME_BYTES) return null;
    const head = bytes.slice(0, NONCE_BYTES + TIME_BYTES);
    const signature = bytes.slice(head.length);
    const isOurs = await crypto.subtle.verify(
      HMAC,
      await this.#key,
      signature,
      signed(purpose, head),
    );
    if (!isOurs) return null;
    const expiresAt = new DataView(head.buffer).getFloat64(NONCE_BYTES);
    if (expiresAt <= this.#options.now()) return null;
    // Of the bytes and not of the text, which could be written in another way.
    return { hash: await hashOfSecret(`challenge ${head.toHex()}`), expiresAt };
  }
}

/** The secret signs sessions too: no challenge may look like anything else that it signs. */
function signed(purpose: string, head: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`a passkey's challenge\n${purpose}\n${head.toHex()}`);
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.fromBase64(text, { alphabet: "base64url" });
  } catch {
    return null; // a SyntaxError: no base64url
  }
}
