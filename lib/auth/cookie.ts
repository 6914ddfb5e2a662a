/**
 * The session cookie (RFC 6265bis): written, read, cleared. It must not know tokens' insides.
 *
 * Browsers give a host's cookies to every port of it: two Confabs, or any program beside them, would
 * overwrite each other's. So the name is the instance's own. Over TLS it begins with `__Host-`: the
 * prefix makes browsers refuse one that a sister domain or a plain-text answer tries to plant. Each
 * scheme reads its own name only, so that one planted in plain text is worth nothing over TLS.
 */
import type { Timestamp } from "../protocol/time.ts";

/** A token as it may stand in a cookie: the characters of a JWT. */
const TOKEN = /^[A-Za-z0-9_.-]{1,4096}$/;
/** How many different values under one name are looked at: each may cost a signature's check. */
const VALUES = 8;
/** Bytes of the name's own part: a few instances share a host, never millions. */
const NAME_BYTES = 6;
/** What the cookie was called before: still read, since an upgrade must sign nobody out. */
const FORMER_NAME = "session";

export interface SessionCookie {
  /** The `Set-Cookie` value that signs a browser in. `secure`: the client speaks TLS. */
  set(
    input: { token: string; expiresAt: Timestamp; now: Timestamp; secure: boolean },
  ): string;
  /** The `Set-Cookie` value that signs a browser out. */
  clear(secure: boolean): string;
  /** The `Set-Cookie` value that removes the cookie of the former name. */
  clearFormer(secure: boolean): string;
  /** What a `Cookie` header offers. Whose the tokens are, and whether they are any, is not said. */
  read(header: string | null, secure: boolean): CookieTokens;
}

export interface CookieTokens {
  /**
   * Under the instance's own name. More than one where somebody planted another beside it, with a
   * path or a domain of its own: their signatures tell which is which.
   */
  own: string[];
  /** Under the former name, which any other program may use as well. */
  former: string[];
}

/**
 * The part of the cookie's name that is this instance's own. Made of the database's name, which
 * outlives restarts, and of the secret: a copy of the database that has another secret could do
 * nothing with the cookie but throw the original's people out.
 */
export async function cookieNameOf(
  instance: string,
  secret: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", secret, hmac, false, ["sign"]);
  const text = new TextEncoder().encode(`the session cookie of ${instance}`);
  const digest = new Uint8Array(await crypto.subtle.sign(hmac, key, text));
  return `confab_${digest.slice(0, NAME_BYTES).toHex()}`;
}

/** @param name as `cookieNameOf` makes it; over TLS the prefix is added */
export function createSessionCookie(name: string): SessionCookie {
  return {
    set({ token, expiresAt, now, secure }) {
      const seconds = Math.max(0, Math.floor((expiresAt - now) / 1000));
      return setCookie(name, token, seconds, secure);
    },
    clear: (secure) => setCookie(name, "", 0, secure),
    clearFormer: (secure) => setCookie(FORMER_NAME, "", 0, secure),
    read(header, secure) {
      const pairs = (header ?? "").split(";").map((pair) => pair.trim());
      return {
        own: tokensUnder(prefixed(name, secure), pairs),
        former: tokensUnder(prefixed(FORMER_NAME, secure), pairs),
      };
    },
  };
}

function prefixed(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}

function setCookie(name: string, value: string, maxAge: number, secure: boolean): string {
  const attributes = `Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax`;
  return `${prefixed(name, secure)}=${value}; ${attributes}${secure ? "; Secure" : ""}`;
}

/** Each once. What cannot be a token is somebody else's: passed over, never a failure. */
function tokensUnder(name: string, pairs: readonly string[]): string[] {
  const tokens = new Set<string>();
  for (const pair of pairs) {
    if (!pair.startsWith(`${name}=`)) continue;
    const value = pair.slice(name.length + 1);
    if (TOKEN.test(value)) tokens.add(value);
    if (tokens.size === VALUES) break;
  }
  return [...tokens];
}
