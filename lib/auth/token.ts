/**
 * Session tokens: JWTs (RFC 7519) signed with HMAC-SHA-256, which name a server-side session. A
 * valid token proves only that this server issued it; only the store knows whether the session is
 * still alive. It must not know stores, cookies or HTTP.
 */
import { errors, jwtVerify, SignJWT } from "jose";
import type { Timestamp } from "../protocol/time.ts";
import { RecentMap } from "../limits/recent_map.ts";

const ISSUER = "confab";
/** RFC 7518, section 3.2: the key is at least as long as the hash. */
const SECRET_BYTES = 32;
const HMAC = { name: "HMAC", hash: "SHA-256" };
/** What a frame or a cookie may hold; ours are about 200 characters. */
const TOKEN_LENGTH = 4096;
/** The decoder would ignore spaces and padding, giving one token many forms. */
const TOKEN_FORM = /^[\w-]+\.[\w-]+\.[\w-]+$/;
/** Six bits each: a character's index here shows the spare bits of a part's last character. */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

export interface SessionClaims {
  userId: number;
  sessionId: number;
  issuedAt: Timestamp;
  /** A JWT counts in seconds: times are cut down to a whole second. */
  expiresAt: Timestamp;
}

export interface TokenOptions {
  /** At least 32 random bytes, the same on every node. */
  secret: Uint8Array<ArrayBuffer>;
  now(): Timestamp;
  /** How many verified tokens to remember, so that not every request costs an HMAC. */
  cached?: number;
}

export interface Tokens {
  issue(claims: SessionClaims): Promise<string>;
  /** `null` for anything this server did not sign, and for expired tokens. */
  verify(token: string): Promise<SessionClaims | null>;
  /** The same, also for expired tokens: only to say whose it was. */
  read(token: string): Promise<SessionClaims | null>;
}

export function createTokens({ secret, now, cached = 10_000 }: TokenOptions): Tokens {
  if (secret.length < SECRET_BYTES) {
    throw new TypeError(`Cannot sign tokens: the secret is shorter than ${SECRET_BYTES} bytes`);
  }
  const verified = new RecentMap<string, SessionClaims>(cached);
  // Created once: given raw bytes, the library would create a key for each token.
  const key = crypto.subtle.importKey("raw", secret, HMAC, false, ["sign", "verify"]);

  return { issue, verify, read: check };

  async function issue(claims: SessionClaims): Promise<string> {
    return await new SignJWT({ sid: claims.sessionId })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setIssuer(ISSUER)
      .setSubject(String(claims.userId))
      .setIssuedAt(Math.floor(claims.issuedAt / 1000))
      .setExpirationTime(Math.floor(claims.expiresAt / 1000))
      .sign(await key);
  }

  async function verify(token: string): Promise<SessionClaims | null> {
    const claims = verified.get(token) ?? await check(token);
    if (claims === null) return null;
    if (claims.expiresAt <= now()) {
      verified.delete(token);
      return null;
    }
    verified.set(token, claims);
    return claims;
  }

  async function check(token: string): Promise<SessionClaims | null> {
    if (token.length > TOKEN_LENGTH || !TOKEN_FORM.test(token)) return null;
    if (!token.split(".").every(isCanonical)) return null;
    try {
      const { payload } = await jwtVerify(token, await key, {
        // Pinned: a header with "none" or a public-key algorithm is refused.
        algorithms: ["HS256"],
        typ: "JWT",
        issuer: ISSUER,
        requiredClaims: ["sub", "sid", "iat", "exp"],
        // Expiry is checked later, because expired tokens may still be read.
        currentDate: new Date(0),
      });
      return readClaims(payload);
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}

/**
 * Whether a part is the canonical encoding of its bytes. If they do not fill the last character,
 * its spare bits must be zero: a decoder drops them, so "…A" and "…B" would be the same token.
 */
function isCanonical(part: string): boolean {
  const spareBits = [0, 6, 4, 2][part.length % 4]!; // a rest of one character holds no byte
  return ALPHABET.indexOf(part.at(-1)!) % (1 << spareBits) === 0 && spareBits !== 6;
}

function readClaims(payload: Record<string, unknown>): SessionClaims | null {
  const { sub, sid, iat, exp } = payload;
  if (typeof sub !== "string" || !/^[1-9]\d{0,15}$/.test(sub)) return null;
  const userId = Number(sub);
  if (!isId(userId) || !isId(sid) || !isId(iat) || !isId(exp)) return null;
  return { userId, sessionId: sid, issuedAt: iat * 1000, expiresAt: exp * 1000 };
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0; // isSafeInteger does not narrow
}
