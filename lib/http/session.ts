/** Signing a browser in and out: from cookie or token to caller, and back into a cookie. */
import type { Caller, Ended } from "../auth/auth.ts";
import type { CookieTokens, SessionCookie } from "../auth/cookie.ts";
import { type OriginFacts, siteOrigin } from "../auth/origin.ts";
import { ConfabError } from "../errors.ts";
import { hostOf } from "./entry.ts";
import type { Ctx } from "./state.ts";

/** Characters of a token; ours have some 200. */
const TOKEN_LENGTH = 4_096;

/** What a request says about its session. An explicit token takes precedence. */
export type RequestTokens =
  | { from: "bearer"; token: string }
  | { from: "cookie"; tokens: CookieTokens }
  | { from: "nothing" };

export function tokensOf(
  request: Request,
  cookie: SessionCookie,
  secure: boolean,
): RequestTokens {
  const token = bearerToken(request.headers.get("authorization"));
  if (token !== null) return { from: "bearer", token };
  const tokens = cookie.read(request.headers.get("cookie"), secure);
  const nothing = tokens.own.length + tokens.former.length === 0;
  return nothing ? { from: "nothing" } : { from: "cookie", tokens };
}

function bearerToken(authorization: string | null): string | null {
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
  return token === undefined || token.length > TOKEN_LENGTH ? null : token;
}

/** Who asks, and how they say so. */
export interface Asking {
  from: RequestTokens["from"];
  /** Null if there was no token, or no valid one. */
  caller: Caller | null;
  /** The token was in the cookie with the former name, and must move. */
  moves: { token: string; expiresAt: number } | null;
  /** Without a caller: why the request's session ended, if known. */
  ended: Ended | null;
}

/** Finds the caller. Throws `unavailable` if that is impossible just now. */
export async function whoAsks(ctx: Ctx): Promise<Asking> {
  const { services, secure, address } = ctx.state;
  const brought = tokensOf(ctx.req, services.cookie, secure);
  const ask = (token: string) => services.auth.authenticate(token, address);
  const nobody = { from: "nothing", caller: null, moves: null, ended: null } as const;
  if (brought.from === "nothing") return nobody;
  if (brought.from === "bearer") {
    const caller = await ask(brought.token);
    return { ...nobody, from: "bearer", caller, ended: await why(ctx, caller, brought.token) };
  }
  const { own, former } = brought.tokens;
  const [first] = own;
  if (first !== undefined) {
    const caller = await onlyOne(own, ask);
    return { ...nobody, from: "cookie", caller, ended: await why(ctx, caller, first) };
  }
  for (const token of former) {
    const caller = await ask(token);
    if (caller === null) continue;
    const moves = { token, expiresAt: caller.expiresAt };
    return { ...nobody, from: "cookie", caller, moves };
  }
  // Another program's cookie, or an old one of ours: treated as none.
  return nobody;
}

async function why(ctx: Ctx, caller: Caller | null, token: string): Promise<Ended | null> {
  return caller === null ? await ctx.state.services.auth.whyEnded(token) : null;
}

/**
 * The one caller among several tokens. Two live sessions are refused: one was planted, and there is
 * no telling which.
 */
async function onlyOne(
  tokens: readonly string[],
  ask: (token: string) => Promise<Caller | null>,
): Promise<Caller | null> {
  const callers = await Promise.all(tokens.map(ask));
  const [first = null, ...others] = callers.filter((caller) => caller !== null);
  return others.length === 0 ? first : null;
}

/** What a page says about itself; `null` where it says nothing. */
export interface Claim {
  /** The session it acts for. */
  session: string | null;
  /** The server's database that it came from: each counts its sessions from one. */
  instance: string | null;
}

/** How a page says it in a request. */
function claimOf({ req: { headers } }: Ctx): Claim {
  return { session: headers.get("x-confab-session"), instance: headers.get("x-confab-instance") };
}

/** How a form says it, in its hidden fields. */
export function claimIn(form: URLSearchParams): Claim {
  return { session: form.get("session"), instance: form.get("instance") };
}

/** Whether the page belongs to another session, or to another server's database. */
export function speaksForOther(ctx: Ctx, caller: Caller, { session, instance }: Claim): boolean {
  return isOther(caller, session) ||
    (instance !== null && instance !== ctx.state.services.instance);
}

/**
 * Refuses a request that names a session other than the one it carries: somebody else has signed in
 * with the same browser since the page was made. A request without a session is refused elsewhere.
 */
export function refuseOtherSession(ctx: Ctx, caller: Caller | null): void {
  if (caller !== null && speaksForOther(ctx, caller, claimOf(ctx))) {
    throw new ConfabError("other_session", "This page was made for another session.");
  }
}

/** Whether a page names another session (`named`, as in its requests or forms). */
export function isOther(caller: Caller, named: string | null): boolean {
  return named !== null && named !== String(caller.sessionId);
}

export function originFacts(ctx: Ctx): OriginFacts {
  const { headers } = ctx.req;
  return {
    scheme: ctx.state.secure ? "https" : "http",
    host: hostOf(ctx.req),
    origin: headers.get("origin"),
    fetchSite: headers.get("sec-fetch-site"),
  };
}

/** This site's origin, as browsers reach it: what links that are given out begin with. */
export function ownOrigin(ctx: Ctx): string {
  const origin = siteOrigin(originFacts(ctx), ctx.state.services.site);
  if (origin === null) throw new ConfabError("bad_request", "The Host header is not a host.");
  return origin;
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
  const cookie = services.cookie.set({ token, expiresAt, now: services.now(), secure });
  response.headers.append("set-cookie", cookie);
  return response;
}

/**
 * Moves the session from the cookie with the former name, unless the answer already sets the
 * cookie.
 */
export function moveCookie(
  ctx: Ctx,
  response: Response,
  session: NonNullable<Asking["moves"]>,
): Response {
  if (response.status === 101 || response.headers.has("set-cookie")) return response;
  const { secure, services } = ctx.state;
  response.headers.append("set-cookie", services.cookie.clearFormer(secure));
  return signedIn(ctx, response, session);
}

/** Takes the session cookie away. */
export function signedOut(ctx: Ctx, response: Response): Response {
  const { secure, services } = ctx.state;
  response.headers.append("set-cookie", services.cookie.clear(secure));
  // Pages that the browser kept: "back" would show them to whoever sits there next.
  if (secure) response.headers.set("clear-site-data", '"cache"');
  return response;
}

/** A path of this site to go to after the login; anything else goes to the start page. */
export function nextPath(value: string | null): string {
  return value !== null && /^\/(?![/\\])[^\p{Cc}\\]*$/u.test(value) ? value : "/";
}
