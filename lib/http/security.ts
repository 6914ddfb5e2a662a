/**
 * The headers that tell browsers what a page of ours may do: run our scripts, show our styles, talk
 * to us, and nothing else. It knows no route.
 */
import { PLAYER_ORIGINS } from "../protocol/players.ts";
import { type Ctx, define } from "./state.ts";

/** What an answer may say of its own for a page that does more than most: see `CHAT_PAGE`. */
const POLICY = "content-security-policy";
const PERMISSIONS = "permissions-policy";

/**
 * No `unsafe-*` anywhere; data blocks (`type="application/json"`) are not scripts and need no rule.
 * @param more sources besides our own, by directive
 */
function securityPolicy(more: Readonly<Record<string, string>> = {}): string {
  const directives: Record<string, string> = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    ...more,
  };
  return Object.entries(directives).map((directive) => directive.join(" ")).join("; ");
}

const CONTENT_SECURITY_POLICY = securityPolicy();

/** By `img-src` and `media-src`; no origin can name them but ours, and none runs as a script. */
const MADE_HERE = "'self' data: blob:";

/**
 * Of the chat's pages, which alone show files that are still on their way (`blob:`), play and record
 * sound, and make pictures smaller in a Worker. Whoever takes pictures by the phone's camera does so
 * in a program of the phone's: the page needs no leave for that.
 */
export const CHAT_PAGE: Readonly<Record<string, string>> = {
  [POLICY]: securityPolicy({
    "img-src": MADE_HERE,
    "media-src": "'self' blob:",
    "worker-src": "'self'",
    // Videos of other sites, once somebody wants to see one.
    "frame-src": PLAYER_ORIGINS.join(" "),
  }),
  [PERMISSIONS]: "camera=(), microphone=(self), geolocation=()",
};

/** A year, in which browsers refuse to connect without TLS. Sent only over TLS. */
const STRICT_TRANSPORT = "max-age=31536000";

/**
 * Of pages whose address lets in whoever reads it. Where a request came from is told by its site
 * alone: a proxy's log keeps it. Not `no-referrer`: with it, browsers send a form without saying
 * which site it is from, and we would refuse it (Fetch, "append a request `Origin` header").
 */
export const SECRET_ADDRESS = { "referrer-policy": "strict-origin" };

/**
 * Adds the headers, where the answer has none of its own; `frame-ancestors` has no older form than
 * X-Frame-Options for old browsers.
 */
export function secureHeaders(headers: Headers, secure: boolean): void {
  if (!headers.has(POLICY)) headers.set(POLICY, CONTENT_SECURITY_POLICY);
  headers.set("x-content-type-options", "nosniff");
  headers.set("x-frame-options", "DENY");
  if (!headers.has("referrer-policy")) headers.set("referrer-policy", "same-origin");
  headers.set("cross-origin-opener-policy", "same-origin");
  if (!headers.has(PERMISSIONS)) {
    headers.set(PERMISSIONS, "camera=(), microphone=(), geolocation=()");
  }
  if (secure) headers.set("strict-transport-security", STRICT_TRANSPORT);
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
}

/** For origins on the allow-list: they may call with a Bearer token, never with the cookie. */
function allowOrigin(headers: Headers, origin: string): void {
  headers.set("access-control-allow-origin", origin);
  headers.set("access-control-expose-headers", "retry-after, upload-offset");
  headers.append("vary", "origin");
}

/** The answer to a browser that asks before it calls from an allowed origin (CORS preflight). */
export function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
      "access-control-allow-headers":
        "authorization, content-type, upload-offset, x-confab-session, x-confab-instance",
      "access-control-max-age": "600",
    },
  });
}

/** Sets the headers of every answer. */
export const secure = define.middleware(async (ctx) => {
  const response = await ctx.next();
  // The runtime owns an upgrade's answer; a browser shows nothing of it.
  if (response.status !== 101) secureHeaders(response.headers, ctx.state.secure);
  return response;
});

/** Lets the origins on the allow-list call the API, with a token: the cookie is not for them. */
export const crossOrigin = define.middleware((ctx) => {
  const { allowed } = ctx.state.services.site;
  const origin = allowed.length === 0 ? null : ctx.req.headers.get("origin");
  return origin === null || !allowed.includes(origin) ? ctx.next() : answerAllowed(ctx, origin);
});

async function answerAllowed(ctx: Ctx, origin: string): Promise<Response> {
  const response = ctx.req.method === "OPTIONS" ? preflight() : await ctx.next();
  if (response.status !== 101) allowOrigin(response.headers, origin);
  return response;
}
