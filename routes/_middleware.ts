/** What every request goes through: where it comes from, what its answer may do in a browser, who asks. */
import { clientAddress, clientScheme } from "../lib/auth/address.ts";
import { mayChange, maySignIn } from "../lib/auth/origin.ts";
import { ConfabError } from "../lib/errors.ts";
import { allowOrigin, preflight, secureHeaders } from "../lib/http/security.ts";
import { moveCookie, originFacts, refuseOtherSession, whoAsks } from "../lib/http/session.ts";
import { type Ctx, define } from "../lib/http/state.ts";
import { chooseLanguage } from "../lib/ui/catalogue/catalogue.ts";

/** Where the client is, as far as the proxies in front are to be believed. */
const locate = define.middleware((ctx) => {
  const { headers } = ctx.req;
  const { trustProxy, site } = ctx.state.services;
  const remote = ctx.info.remoteAddr;
  ctx.state.address = clientAddress({
    peer: "hostname" in remote ? remote.hostname : null,
    forwardedFor: headers.get("x-forwarded-for"),
    trustProxy,
  });
  const own = ctx.url.protocol === "https:" || site.origin?.startsWith("https:") ? "https" : "http";
  const scheme = clientScheme({
    own,
    forwardedProto: headers.get("x-forwarded-proto"),
    trustProxy,
  });
  ctx.state.secure = scheme === "https";
  ctx.state.language = chooseLanguage(null, headers.get("accept-language"));
  return ctx.next();
});

const secure = define.middleware(async (ctx) => {
  const response = await ctx.next();
  // An upgrade's answer belongs to the runtime; a browser shows nothing of it.
  if (response.status !== 101) secureHeaders(response.headers, ctx.state.secure);
  return response;
});

/** Lets the origins on the allow-list call the API, with a token: the cookie is not for them. */
const crossOrigin = define.middleware(async (ctx) => {
  const origin = ctx.req.headers.get("origin");
  if (origin === null || !ctx.state.services.site.allowed.includes(origin)) return ctx.next();
  const response = ctx.req.method === "OPTIONS" ? preflight() : await ctx.next();
  if (response.status !== 101) allowOrigin(response.headers, origin);
  return response;
});

const identify = define.middleware(async (ctx) => {
  // The socket's own route asks, since it answers with close codes.
  if (ctx.url.pathname === "/chat") return ctx.next();
  const { from, caller, moves, ended } = await whoAsks(ctx);
  refuseForeign(ctx, from);
  refuseOtherSession(ctx, caller);
  ctx.state.caller = caller;
  ctx.state.ended = ended;
  const setting = caller?.user.language ?? ended?.language ?? null;
  ctx.state.language = chooseLanguage(setting, ctx.req.headers.get("accept-language"));
  const response = await ctx.next();
  return moves === null ? response : moveCookie(ctx, response, moves);
});

/** A foreign page could make a browser send its cookie, or sign it in as somebody else. */
function refuseForeign(ctx: Ctx, from: "bearer" | "cookie" | "nothing"): void {
  if (from === "bearer") return;
  const facts = originFacts(ctx);
  const { method } = ctx.req;
  const { site } = ctx.state.services;
  const allowed = from === "cookie"
    ? mayChange({ ...facts, method, cookie: true }, site)
    : ["GET", "HEAD", "OPTIONS"].includes(method) || maySignIn(facts, site);
  if (!allowed) throw new ConfabError("forbidden", "The request comes from another site.");
}

export default [locate, secure, crossOrigin, identify];
