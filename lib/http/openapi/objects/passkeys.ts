/** What is answered about passkeys. Options have the JSON form of WebAuthn Level 3, section 5.1. */
import * as z from "zod";
import type {
  CreationOptions,
  OwnedPasskeys,
  Passkey,
  RequestOptions,
} from "../../../protocol/passkeys.ts";
import { signedIn } from "../objects.ts";
import { id, of, time } from "./base.ts";

export const passkey = of<Passkey>()(z.object({
  id,
  name: z.string(),
  createdAt: time,
  lastUsed: time.nullable(),
  synced: z.boolean().meta({ description: "A password manager carries it to other devices." }),
  alone: z.boolean().meta({ description: "It signs in without a password." }),
}));

export const ownedPasskeys = of<OwnedPasskeys>()(z.object({
  passkeys: z.array(z.object(passkey.shape)),
  afterPassword: z.boolean().meta({
    description: "One of them, or another second factor, is asked for after the password.",
  }),
}));

const descriptor = z.object({
  type: z.literal("public-key"),
  id: z.string(),
  transports: z.array(z.string()),
});

export const passkeyCreation = of<CreationOptions>()(z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal("public-key"), alg: z.int() })),
  timeout: z.int(),
  excludeCredentials: z.array(descriptor),
  authenticatorSelection: z.object({
    residentKey: z.literal("preferred"),
    requireResidentKey: z.boolean(),
    userVerification: z.literal("preferred"),
  }),
  attestation: z.literal("none"),
  extensions: z.object({ credProps: z.boolean() }),
}));

export const passkeyRequest = of<RequestOptions>()(z.object({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.int(),
  allowCredentials: z.array(descriptor),
  userVerification: z.enum(["required", "preferred"]),
}));

/** What the first request of a sign-in gives, and what the second. */
export const loginStep = z.union([z.object(passkeyRequest.shape), z.object(signedIn.shape)]);
