/**
 * The session cookie (RFC 6265bis): written, read, cleared. It must not know tokens' insides.
 *
 * Over TLS it is `__Host-session`: the prefix makes browsers refuse one that a sister domain or
 * a plain-text answer tries to plant. Each scheme reads its own name only, so that a planted
 * `session` is worth nothing over TLS.
 */
import type { Timestamp } from "../protocol/objects.ts";

/** A token as it may stand in a cookie: the characters of a JWT. */
const TOKEN = /^[A-Za-z0-9_.-]{1,4096}$/;

function sessionCookieName(secure: boolean): string {
  return secure ? "__Host-session" : "session";
}

/** The `Set-Cookie` value that signs a browser in. `secure`: the client speaks TLS. */
export function sessionCookie(
  input: { token: string; expiresAt: Timestamp; now: Timestamp; secure: boolean },
): string {
  const seconds = Math.max(0, Math.floor((input.expiresAt - input.now) / 1000));
  return setCookie(input.token, seconds, input.secure);
}

/** The `Set-Cookie` value that signs a browser out. */
export function clearSessionCookie(secure: boolean): string {
  return setCookie("", 0, secure);
}

function setCookie(value: string, maxAge: number, secure: boolean): string {
  const attributes = `Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax`;
  return `${sessionCookieName(secure)}=${value}; ${attributes}${secure ? "; Secure" : ""}`;
}

/**
 * The token in a `Cookie` header, or `null`. Two different ones are refused: one of them was
 * planted, and which one cannot be told.
 */
export function readSessionCookie(header: string | null, secure: boolean): string | null {
  if (header === null) return null;
  const prefix = `${sessionCookieName(secure)}=`;
  const values = header.split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(prefix))
    .map((pair) => pair.slice(prefix.length));
  const [token] = values;
  if (token === undefined || values.some((value) => value !== token)) return null;
  return TOKEN.test(token) ? token : null;
}
