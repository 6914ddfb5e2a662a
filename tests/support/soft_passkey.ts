/**
 * A passkey made of software: it signs what a test tells it, also what no browser would. ES256, no
 * attestation (WebAuthn Level 3, sections 6.1 and 6.5; CBOR: RFC 8949).
 */
import type { Assertion, Registration } from "../../lib/protocol/passkeys.ts";

const FORM = { alphabet: "base64url", omitPadding: true } as const;
const EC = { name: "ECDSA", namedCurve: "P-256" };

/** What an authenticator signs, and what a dishonest one may say instead. */
export interface Signing {
  challenge: string;
  origin: string;
  rpId: string;
  /** Whether it asked for a finger, a face or a PIN. */
  verified?: boolean;
  counter?: number;
  /** "webauthn.get" and "webauthn.create" unless told. */
  type?: string;
  userHandle?: string;
  synced?: boolean;
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const sha256 = async (bytes: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

export class SoftPasskey {
  private constructor(
    readonly id: string,
    private readonly keys: CryptoKeyPair,
  ) {}

  static async make(): Promise<SoftPasskey> {
    const keys = await crypto.subtle.generateKey(EC, true, ["sign", "verify"]);
    const id = crypto.getRandomValues(new Uint8Array(16)).toBase64(FORM);
    return new SoftPasskey(id, keys as CryptoKeyPair);
  }

  async registration(signing: Signing): Promise<Registration> {
    const clientData = clientDataOf({ type: "webauthn.create", ...signing });
    const authData = await this.#authData(signing, true);
    const attestation = cbor(
      new Map<string, unknown>([["fmt", "none"], ["attStmt", new Map()], ["authData", authData]]),
    );
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key",
      response: {
        clientDataJSON: clientData.toBase64(FORM),
        attestationObject: attestation.toBase64(FORM),
        transports: ["internal"],
      },
      clientExtensionResults: { credProps: { rk: true } },
    };
  }

  async assertion(signing: Signing): Promise<Assertion> {
    const clientData = clientDataOf({ type: "webauthn.get", ...signing });
    const authData = await this.#authData(signing, false);
    const signed = new Uint8Array([...authData, ...await sha256(clientData)]);
    const raw = await crypto.subtle.sign(
      { name: "ECDSA", hash: "SHA-256" },
      this.keys.privateKey,
      signed,
    );
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key",
      response: {
        clientDataJSON: clientData.toBase64(FORM),
        authenticatorData: authData.toBase64(FORM),
        signature: derOf(new Uint8Array(raw)).toBase64(FORM),
        userHandle: signing.userHandle,
      },
    };
  }

  async #authData(
    { rpId, verified = true, counter = 0, synced = false }: Signing,
    withKey: boolean,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const flags = 1 | (verified ? 4 : 0) | (synced ? 8 | 16 : 0) | (withKey ? 64 : 0);
    const count = new Uint8Array(4);
    new DataView(count.buffer).setUint32(0, counter);
    const head = [...await sha256(utf8(rpId)), flags, ...count];
    if (!withKey) return new Uint8Array(head);
    const id = Uint8Array.fromBase64(this.id, { alphabet: "base64url" });
    const { x, y } = await crypto.subtle.exportKey("jwk", this.keys.publicKey);
    const coordinate = (text: string) => Uint8Array.fromBase64(text, { alphabet: "base64url" });
    const key = cbor(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, coordinate(x!)],
        [-3, coordinate(y!)],
      ]),
    );
    return new Uint8Array([...head, ...new Uint8Array(16), 0, id.length, ...id, ...key]);
  }
}

function clientDataOf({ type, challenge, origin }: Signing): Uint8Array<ArrayBuffer> {
  return utf8(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

/** The two numbers of a signature, as ASN.1 writes them. */
function derOf(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const integer = (bytes: Uint8Array) => {
    const first = bytes.findIndex((byte) => byte !== 0);
    const plain = [...bytes.slice(first)];
    const positive = plain[0]! > 127 ? [0, ...plain] : plain;
    return [2, positive.length, ...positive];
  };
  const both = [...integer(raw.slice(0, 32)), ...integer(raw.slice(32))];
  return new Uint8Array([0x30, both.length, ...both]);
}

/** The little of CBOR that is needed here. */
function cbor(value: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encode(value));
}

function encode(value: unknown): number[] {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string") return [...head(3, utf8(value).length), ...utf8(value)];
  if (value instanceof Uint8Array) return [...head(2, value.length), ...value];
  if (value instanceof Map) {
    return [...head(5, value.size), ...[...value].flat().flatMap((item) => encode(item))];
  }
  throw new TypeError("Cannot encode this");
}

function head(major: number, length: number): number[] {
  if (length < 24) return [(major << 5) | length];
  return length < 256
    ? [(major << 5) | 24, length]
    : [(major << 5) | 25, length >> 8, length & 255];
}
