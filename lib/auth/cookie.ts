/**
 * The session cookie (RFC 6265bis): written, read, cleared. It must not know what is in a token.
 *
 * Browsers give a host's cookies to every port of it: two Confabs, or any program beside them, would
 * overwrite each other's. So the name is the instance's own. Over TLS it begins with `__Host-`: the
 * prefix makes browsers refuse one that a sister domain or a plain-text answer tries to plant. Each
 * scheme reads its own name only, so that one planted in plain text is worth nothing over TLS.
 */
import type { Timestamp } from "../protocol/time.ts";

/** A token as it may appear in a cookie: the characters of a JWT. */
const TOKEN = /^[A-Za-z0-9_.-]{1,4096}$/;
/** How many different values of one name are checked: each may cost a signature check. */
const VALUES = 8;
/** Bytes of the name's own part: a few instances may share a host, never millions. */
const NAME_BYTES = 6;
/** The cookie's former name: still read, because an upgrade must sign nobody out. */
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
  /** The `Set-Cookie` value for what a browser keeps besides: sealed, and for a while. */
  keep(name: string, value: string, maxAge: number, secure: boolean): string;
  /** What it keeps besides, by name. */
  kept(header: string | null, secure: boolean): Map<string, string>;
  /** The possible tokens in a `Cookie` header, not yet verified. */
  read(header: string | null, secure: boolean): CookieTokens;
}

export interface CookieTokens {
  /**
   * Under the instance's own name. More than one if somebody planted another, with its own path or
   * domain: their signatures tell them apart.
   */
  own: readonly string[];
  /** Under the former name, which other programs may use too. */
  former: readonly string[];
}

/**
 * This instance's own part of the cookie's name. Made from the database's name, which outlives
 * restarts, and the secret: a copy of the database with another secret could only sign the
 * original's users out.
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

/** @param name from `cookieNameOf`; over TLS the prefix is added */
export function createSessionCookie(name: string): SessionCookie {
  return {
    set({ token, expiresAt, now, secure }) {
      const seconds = Math.max(0, Math.floor((expiresAt - now) / 1000));
      return setCookie(name, token, seconds, secure);
    },
    clear: (secure) => setCookie(name, "", 0, secure),
    clearFormer: (secure) => setCookie(FORMER_NAME, "", 0, secure),
    keep: (own, value, maxAge, secure) => setCookie(`${name}_${own}`, value, maxAge, secure),
    kept(header, secure) {
      const beginning = `${prefixed(name, secure)}_`;
      const pairs = (header ?? "").split(";").map((pair) => pair.trim());
      const ours = pairs.filter((pair) => pair.startsWith(beginning)).map((pair) => {
        const end = pair.indexOf("=", beginning.length);
        return [pair.slice(beginning.length, end), pair.slice(end + 1)] as const;
      });
      return new Map(ours.filter(([own, value]) => /^\w{1,40}$/.test(own) && value !== ""));
    },
    read(header, secure) {
      if (header === null) return NONE;
      const pairs = (header ?? "").split(";").map((pair) => pair.trim());
      return {
        own: tokensUnder(prefixed(name, secure), pairs),
        former: tokensUnder(prefixed(FORMER_NAME, secure), pairs),
      };
    },
  };
}

const NONE: CookieTokens = { own: [], former: [] };

function prefixed(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}

function setCookie(name: string, value: string, maxAge: number, secure: boolean): string {
  const attributes = `Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax`;
  return `${prefixed(name, secure)}=${value}; ${attributes}${secure ? "; Secure" : ""}`;
}

/** Each once. What cannot be a token belongs to another program: ignored, never an error. */
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
