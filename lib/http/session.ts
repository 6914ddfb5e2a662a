/** Signing a browser in and out: from cookie or token to caller, and back into a cookie. */
import { clearSessionCookie, readSessionCookie, sessionCookie } from "../auth/cookie.ts";
import type { OriginFacts } from "../auth/origin.ts";
import type { Ctx } from "./state.ts";

/** What a request brought to say who it speaks for. A token that is written out goes first. */
export type Credentials =
  | { from: "bearer"; token: string }
  | { from: "cookie"; token: string }
  | { from: "nothing" };

export function credentialsOf(request: Request, secure: boolean): Credentials {
  const [, token] = /^Bearer +(\S{1,4096})$/i.exec(request.headers.get("authorization") ?? "") ??
    [];
  if (token !== undefined) return { from: "bearer", token };
  const cookie = readSessionCookie(request.headers.get("cookie"), secure);
  return cookie === null ? { from: "nothing" } : { from: "cookie", token: cookie };
}

export function originFacts(ctx: Ctx): OriginFacts {
  const { headers } = ctx.req;
  return {
    scheme: ctx.state.secure ? "https" : "http",
    host: headers.get("host"),
    origin: headers.get("origin"),
    fetchSite: headers.get("sec-fetch-site"),
  };
}

/** Where a signup or login comes from, for its throttle and for the list of sessions. */
export function clientOf(ctx: Ctx): { address: string; userAgent: string | null } {
  return { address: ctx.state.address, userAgent: ctx.req.headers.get("user-agent") };
}

/** Adds the session cookie to an answer. */
export function signedIn(
  ctx: Ctx,
  response: Response,
  { token, expiresAt }: { token: string; expiresAt: number },
): Response {
  const { secure, services } = ctx.state;
  const cookie = sessionCookie({ token, expiresAt, now: services.now(), secure });
  response.headers.append("set-cookie", cookie);
  return response;
}

/** Takes the session cookie away. */
export function signedOut(ctx: Ctx, response: Response): Response {
  response.headers.append("set-cookie", clearSessionCookie(ctx.state.secure));
  return response;
}

/** A path of this site to go on to after the login; anything else leads to the start. */
export function nextPath(value: string | null): string {
  return value !== null && /^\/(?![/\\])[^\p{Cc}\\]*$/u.test(value) ? value : "/";
}
