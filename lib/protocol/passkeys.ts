/**
 * Passkeys (W3C WebAuthn): keys that a device, a password manager or a security key keeps for its
 * owner, who signs in with one alone or after the password. Options and answers have the JSON form
 * of WebAuthn Level 3, section 5.1. Schemas for the server; the browser imports the types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import type { Timestamp } from "./time.ts";

/** Code points of a passkey's name. */
export const PASSKEY_NAME = 64;

/** As its owner sees it. */
export interface Passkey {
  id: number;
  name: string;
  createdAt: Timestamp;
  lastUsed: Timestamp | null;
  /** A password manager carries it to the owner's other devices; else it stays where it is. */
  synced: boolean;
  /** It signs in alone; a plain security key may only do so after the password. */
  alone: boolean;
}

export interface OwnedPasskeys {
  passkeys: Passkey[];
  /** One of them, or another second factor, is asked for after the password. */
  afterPassword: boolean;
}

/** One that is meant, or that is there already. */
export interface PasskeyDescriptor {
  type: "public-key";
  id: string;
  transports: string[];
}

/** `PublicKeyCredentialCreationOptionsJSON`: how a browser is to make one. */
export interface CreationOptions {
  challenge: string;
  rp: { id: string; name: string };
  user: { id: string; name: string; displayName: string };
  pubKeyCredParams: { type: "public-key"; alg: number }[];
  /** Milliseconds. */
  timeout: number;
  excludeCredentials: PasskeyDescriptor[];
  authenticatorSelection: {
    residentKey: "preferred";
    requireResidentKey: boolean;
    userVerification: "preferred";
  };
  attestation: "none";
  extensions: { credProps: boolean };
}

/** `PublicKeyCredentialRequestOptionsJSON`: how a browser is to show one. */
export interface RequestOptions {
  challenge: string;
  rpId: string;
  /** Milliseconds. */
  timeout: number;
  allowCredentials: PasskeyDescriptor[];
  userVerification: "required" | "preferred";
}

/**
 * Base64url, at most so many characters. Keys with post-quantum algorithms have 2 kB and more, and
 * a credential's id up to 1,023 bytes (WebAuthn Level 3, section 4).
 */
const binary = (most: number) =>
  z.lazy(() => z.string().regex(/^[\w-]+$/, "must be base64url").max(most));
const credentialId = binary(1364);
const extensions = z.lazy(() =>
  z.looseObject({ credProps: z.looseObject({ rk: z.boolean().optional() }).optional() })
);

/** What `navigator.credentials.create()` gives, as JSON. Fields that we do not need are left out. */
export const registration = z.lazy(() =>
  z.object({
    id: credentialId,
    rawId: credentialId,
    type: z.literal("public-key"),
    response: z.object({
      clientDataJSON: binary(8_000),
      attestationObject: binary(40_000),
      transports: z.array(z.string().max(32)).max(16).optional(),
    }),
    clientExtensionResults: extensions.optional(),
  })
);

/** What `navigator.credentials.get()` gives, as JSON. */
export const assertion = z.lazy(() =>
  z.object({
    id: credentialId,
    rawId: credentialId,
    type: z.literal("public-key"),
    response: z.object({
      clientDataJSON: binary(8_000),
      authenticatorData: binary(8_000),
      signature: binary(16_000),
      userHandle: z.string().max(1_000).nullish(),
    }),
  })
);

export type Registration = z.output<typeof registration>;
export type Assertion = z.output<typeof assertion>;

const name = z.lazy(() =>
  z.string().max(PASSKEY_NAME * 4, { abort: true }).transform((value) =>
    [...value.replace(/\p{C}/gu, " ").trim()].slice(0, PASSKEY_NAME).join("").trim()
  )
);

/** Without a passkey: asks for the options with which a browser makes one. */
export const addPasskey = field.object(() => ({
  passkey: registration.optional(),
  name: name.optional(),
}));

/**
 * Without a passkey: asks for the options with which a browser shows one. `ticket`: of a sign-in
 * that waits for its second factor.
 */
export const loginPasskey = field.object(() => ({
  passkey: assertion.optional(),
  ticket: field.shortText(256).optional(),
}));

export const renamePasskey = field.object(() => ({
  name: name.refine((value) => value !== "", "must not be empty"),
}));

/** Of a form. */
export const shownPasskey = assertion;

export const setAfterPassword = field.object(() => ({ afterPassword: z.boolean() }));
