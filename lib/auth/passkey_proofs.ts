/**
 * Whether what a browser shows is a passkey's word, for this site and this challenge. The library
 * that knows takes 0.4 s to load, so it is loaded for the first passkey. It must not know stores,
 * and decides nothing.
 */
import type { Assertion, Registration } from "../protocol/passkeys.ts";
import type { NewPasskey, StoredPasskey } from "../store/contract/passkeys.ts";
import { ALGORITHMS, type PasskeySite } from "./passkey_options.ts";

type Library = typeof import("@simplewebauthn/server");
type Transports = NonNullable<
  Parameters<Library["verifyAuthenticationResponse"]>[0]["credential"]["transports"]
>;

const FORM = { alphabet: "base64url", omitPadding: true } as const;
const MOST_TRANSPORTS = 8;

/** Whether we made the challenge for this. */
export type Recognise = (challenge: string) => Promise<boolean>;

const library = (): Promise<Library> => import("@simplewebauthn/server");

/** `null` if it is wrong in any way: the library's reasons are for developers. */
export async function provenRegistration(
  passkey: Registration,
  site: PasskeySite,
  recognise: Recognise,
): Promise<Omit<NewPasskey, "name"> | null> {
  const { verifyRegistrationResponse } = await library();
  const { transports = [], ...response } = passkey.response;
  const { clientExtensionResults = {}, ...rest } = passkey;
  const found = await refusedAsNull(() =>
    verifyRegistrationResponse({
      response: { ...rest, response, clientExtensionResults: {} },
      expectedChallenge: recognise,
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    })
  );
  if (found === null || !found.verified) return null;
  const { credential, credentialBackedUp, credentialDeviceType } = found.registrationInfo;
  return {
    credential: credential.id,
    publicKey: credential.publicKey.toBase64(FORM),
    counter: credential.counter,
    transports: transports.slice(0, MOST_TRANSPORTS),
    synced: credentialBackedUp || credentialDeviceType === "multiDevice",
    // Where the browser does not say, it is tried.
    alone: clientExtensionResults.credProps?.rk !== false,
  };
}

export interface PasskeyShown {
  counter: number;
  synced: boolean;
}

/** @param alone the key must have asked for a finger, a face or a PIN */
export async function provenAssertion(
  shown: Assertion,
  stored: StoredPasskey,
  { site, alone, recognise }: { site: PasskeySite; alone: boolean; recognise: Recognise },
): Promise<PasskeyShown | null> {
  const { verifyAuthenticationResponse } = await library();
  const { userHandle: _, ...response } = shown.response;
  const found = await refusedAsNull(() =>
    verifyAuthenticationResponse({
      response: { ...shown, response, clientExtensionResults: {} },
      expectedChallenge: recognise,
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      requireUserVerification: alone,
      credential: {
        id: stored.credential,
        publicKey: Uint8Array.fromBase64(stored.publicKey, { alphabet: "base64url" }),
        counter: stored.counter,
        // What a browser once said; the library only hands it on.
        transports: stored.transports as Transports,
      },
    })
  );
  if (found === null || !found.verified) return null;
  const { newCounter, credentialBackedUp, credentialDeviceType } = found.authenticationInfo;
  return {
    counter: newCounter,
    synced: credentialBackedUp || credentialDeviceType === "multiDevice",
  };
}

/** The library throws for whatever it does not accept, malformed bytes as well as a wrong origin. */
async function refusedAsNull<T>(verify: () => Promise<T>): Promise<T | null> {
  try {
    return await verify();
  } catch {
    return null;
  }
}
