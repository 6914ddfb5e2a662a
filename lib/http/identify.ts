/**
 * Finds the caller of each request, and refuses requests that a foreign page made a browser send.
 * It knows no route.
 */
import { mayChange, maySignIn } from "../auth/origin.ts";
import { ConfabError } from "../errors.ts";
import { chooseLanguage } from "../ui/catalogue/catalogue.ts";
import { beforeFactor } from "./before_factor.ts";
import { languageHere } from "./locate.ts";
import { isAnotherByProxy } from "./proxy_door.ts";
import { type Asking, moveCookie, originFacts, refuseOtherSession, whoAsks } from "./session.ts";
import { type Ctx, define } from "./state.ts";

export const identify = define.middleware(async (ctx) => {
  const { elsewhere, moves } = await findCaller(ctx);
  if (elsewhere !== null) return elsewhere;
  const response = await ctx.next();
  return moves === null ? response : moveCookie(ctx, response, moves);
});

/**
 * Fills in the caller, or why the session ended, and the caller's language. To be asked again by
 * whoever has waited: a session may have ended meanwhile.
 * @returns where the caller is led instead, and what `moveCookie` moves
 */
export async function findCaller(
  ctx: Ctx,
): Promise<{ elsewhere: Response | null; moves: Asking["moves"] }> {
  ctx.state.moment = ctx.state.services.tags.now;
  const { from, caller: found, moves, ended } = await whoAsks(ctx);
  const caller = await isAnotherByProxy(ctx, found) ? null : found;
  refuseForeign(ctx, from);
  refuseOtherSession(ctx, caller);
  ctx.state.from = from;
  ctx.state.caller = caller;
  ctx.state.ended = ended;
  if (caller?.lacksFactor) {
    const elsewhere = beforeFactor(ctx);
    if (elsewhere !== null) return { elsewhere, moves };
  }
  const setting = caller?.user.language ?? ended?.language ?? languageHere(ctx);
  ctx.state.language = chooseLanguage(setting, ctx.req.headers.get("accept-language"));
  return { elsewhere: null, moves };
}

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
