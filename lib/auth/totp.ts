/**
 * Codes of authenticator apps (RFC 6238): SHA-1, six digits, 30 seconds, as every app has them. The
 * library is loaded with the first one. It must not know accounts or stores.
 */
import type { Timestamp } from "../protocol/time.ts";

/** RFC 4226, section 4: 160 bits. */
const SECRET_BYTES = 20;
const PERIOD = 30;
/** A clock may be that many steps ahead or behind, and a code that many steps old when it comes. */
const WINDOW = 1;

export interface NewTotp {
  /** Base32. */
  secret: string;
  /** For a QR code. */
  uri: string;
}

/** `issuer` and `username` are what the app shows. */
export async function newTotp(
  randomBytes: (length: number) => Uint8Array<ArrayBuffer>,
  issuer: string,
  username: string,
): Promise<NewTotp> {
  const { Secret } = await import("otpauth");
  const secret = new Secret({ buffer: randomBytes(SECRET_BYTES).buffer }).base32;
  return { secret, uri: await uriOf(secret, issuer, username) };
}

/** The address that an app reads: what a page shows again is the same as at first. */
export async function uriOf(secret: string, issuer: string, username: string): Promise<string> {
  const { TOTP } = await import("otpauth");
  return new TOTP({ issuer, label: username, secret, period: PERIOD }).toString();
}

/**
 * The step of a code that is right now or within the window, newer than `after`; else `null`. The
 * library compares in constant time.
 */
export async function stepOf(
  code: string,
  secret: string,
  now: Timestamp,
  after = 0,
): Promise<number | null> {
  if (!/^\d{6}$/.test(code)) return null;
  const { TOTP } = await import("otpauth");
  const totp = new TOTP({ secret, period: PERIOD });
  const step = Math.floor(now / 1000 / PERIOD);
  const delta = totp.validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null || step + delta <= after ? null : step + delta;
}
