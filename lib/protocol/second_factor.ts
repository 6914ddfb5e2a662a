/**
 * The second factor: setting one up, and finishing a sign-in with it. Schemas for the server; the
 * browser imports the types only.
 */
import * as z from "zod";
import * as field from "./fields.ts";
import type { Timestamp } from "./time.ts";

/** `code`: of the authenticator app, or one of the recovery codes. */
export const loginSecond = field.object(() => ({
  ticket: field.shortText(256),
  code: field.shortText(64),
}));

const password = field.shortText(1024);

/**
 * The first call shows the password and gets a secret, the second shows the app's first code. An
 * account without a password shows that it has confirmed lately who it is.
 */
export const setUpTotp = z.lazy(() =>
  z.union([
    z.strictObject({ code: field.shortText(64) }),
    z.strictObject({ password: password.optional() }),
  ])
);

/** Without it, the session must have shown lately who its holder is. */
export const ownPassword = field.object(() => ({ password: password.optional() }));

/** For staff. */
export const removeFactors = field.object(() => ({ userId: field.id }));

/** What an app is set up with: `uri` is what its QR code says. */
export interface TotpSecret {
  /** Base32, for those who type it. */
  secret: string;
  uri: string;
}

export interface RecoveryCodes {
  /** Each works once. They are shown this once. */
  codes: string[];
}

/** What an account has. */
export interface FactorState {
  /** Since when the authenticator app is asked for; `null` without one. */
  totpSince: Timestamp | null;
  /** Recovery codes that are left. */
  recoveryCodes: number;
}
