/**
 * What a browser keeps for us for a few minutes and can neither read nor change: sealed with
 * AES-256-GCM under a key that is made from the server's secret, so that every node opens it. It must
 * not know what is inside, and that something works only once is not its matter.
 */
import type { Timestamp } from "../protocol/time.ts";

const IV_BYTES = 12;
/** What a browser may send back at most. */
const LONGEST = 4096;

export interface SealOptions {
  secret: Uint8Array<ArrayBuffer>;
  /** What it is for: what was sealed for one thing opens for no other. */
  purpose: string;
  randomBytes(length: number): Uint8Array<ArrayBuffer>;
  now(): Timestamp;
}

export class Seal<Content> {
  readonly #options: SealOptions;
  readonly #key: Promise<CryptoKey>;

  constructor(options: SealOptions) {
    this.#options = options;
    this.#key = keyOf(options);
  }

  async seal(content: Content, until: Timestamp): Promise<string> {
    const iv = this.#options.randomBytes(IV_BYTES);
    const text = new TextEncoder().encode(JSON.stringify({ until, content }));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await this.#key, text);
    return new Uint8Array([...iv, ...new Uint8Array(sealed)])
      .toBase64({ alphabet: "base64url", omitPadding: true });
  }

  /** `null` for what was not sealed here for this, was changed, or is over. */
  async open(text: string): Promise<{ content: Content; until: Timestamp } | null> {
    if (text.length > LONGEST || !/^[\w-]{24,}$/.test(text)) return null;
    try {
      const bytes = Uint8Array.fromBase64(text, { alphabet: "base64url" });
      const iv = bytes.slice(0, IV_BYTES);
      const sealed = bytes.slice(IV_BYTES);
      const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await this.#key, sealed);
      // Only we can have written it.
      const kept = JSON.parse(new TextDecoder().decode(opened)) as {
        content: Content;
        until: Timestamp;
      };
      return kept.until > this.#options.now() ? kept : null;
    } catch {
      return null;
    }
  }
}

async function keyOf({ secret, purpose }: SealOptions): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const info = new TextEncoder().encode(`confab: ${purpose}`);
  return await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}
