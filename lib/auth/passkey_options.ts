/**
 * What a browser is asked for: to make a passkey, or to show one (WebAuthn Level 3, sections 5.4 and
 * 5.5, as JSON). Pure; it must not know stores.
 */
import type { CreationOptions, PasskeyDescriptor, RequestOptions } from "../protocol/passkeys.ts";
import type { StoredPasskey } from "../store/contract/passkeys.ts";
import { CHALLENGE_LIFETIME } from "./challenges.ts";

/** The site that passkeys are for: they work at no other, which is what they are for. */
export interface PasskeySite {
  /** "https://chat.example.org" */
  origin: string;
  /** Its host, which browsers bind each passkey to. */
  id: string;
  /** What a browser shows when it asks. */
  name: string;
}

type Known = Pick<StoredPasskey, "credential" | "transports">;

/** ES256, EdDSA, RS256 (COSE): what all that make passkeys know one of. */
export const ALGORITHMS = [-7, -8, -257];

/** @param handle 32 bytes that say whose it is to us and to nobody else, base64url */
export function creationOptions(
  { site, challenge, handle, user, known }: {
    site: PasskeySite;
    challenge: string;
    handle: string;
    user: { username: string; displayName: string };
    known: readonly Known[];
  },
): CreationOptions {
  return {
    challenge,
    rp: { id: site.id, name: site.name },
    user: { id: handle, name: user.username, displayName: user.displayName },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
    timeout: CHALLENGE_LIFETIME,
    // No second one in a place that has one.
    excludeCredentials: known.map(descriptor),
    authenticatorSelection: {
      // An old security key keeps no list of accounts: it still serves after the password.
      residentKey: "preferred",
      requireResidentKey: false,
      userVerification: "preferred",
    },
    // Nobody's make of key is refused, so none is asked for: that would only tell about its owner.
    attestation: "none",
    extensions: { credProps: true },
  };
}

/**
 * @param known of whom the account is known; an empty list lets the browser offer whatever it has
 * @param alone nothing else is asked: the key must ask for a finger, a face or a PIN
 */
export function requestOptions(
  { site, challenge, known, alone }: {
    site: PasskeySite;
    challenge: string;
    known: readonly Known[];
    alone: boolean;
  },
): RequestOptions {
  return {
    challenge,
    rpId: site.id,
    timeout: CHALLENGE_LIFETIME,
    allowCredentials: known.map(descriptor),
    userVerification: alone ? "required" : "preferred",
  };
}

function descriptor({ credential, transports }: Known): PasskeyDescriptor {
  return { type: "public-key", id: credential, transports: [...transports] };
}
