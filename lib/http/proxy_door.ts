/**
 * Signing in by what a proxy in front says: it has asked who somebody is, and names them in a header.
 * The header is believed from the proxy's own addresses alone: anybody can write one.
 */
import { clientAddress } from "../auth/address.ts";
import type { Caller } from "../auth/auth.ts";
import { isInNetwork } from "../auth/network.ts";
import { clientOf, signedIn } from "./session.ts";
import { problemOf, toLoginWith } from "./sign_on.ts";
import type { Ctx } from "./state.ts";

/** Whom the proxy in front names; `null` where none is configured, believed, or names anybody. */
export function namedByProxy(ctx: Ctx): string | null {
  const { userHeader } = ctx.state.services.signOn;
  if (userHeader === null) return null;
  const remote = ctx.info.remoteAddr;
  const peer = clientAddress({
    peer: "hostname" in remote ? remote.hostname : null,
    forwardedFor: null,
    trustProxy: 0,
  });
  if (!userHeader.from.some((network) => isInNetwork(peer, network))) return null;
  const name = ctx.req.headers.get(userHeader.name)?.trim() ?? "";
  // With a comma there were two: a proxy that adds its header to one that a visitor sent names nobody.
  return name === "" || name.length > 255 || name.includes(",") ? null : name;
}

/**
 * Whether the proxy names somebody else than the one whose session this is: a browser that changed
 * hands there keeps its cookie here.
 */
export async function isAnotherByProxy(ctx: Ctx, caller: Caller | null): Promise<boolean> {
  if (caller?.way !== "proxy") return false;
  const named = namedByProxy(ctx);
  if (named === null) return false;
  const { providers } = await ctx.state.services.signOn.doors();
  return (await providers.upstreamOf(caller))?.subject !== named;
}

/** Signs in whom the proxy names, and leads on. */
export async function enterByProxy(ctx: Ctx, name: string, next: string): Promise<Response> {
  const { vouching } = await ctx.state.services.signOn.doors();
  try {
    const displayName = ctx.req.headers.get("remote-name")?.trim() || null;
    const session = await vouching.enterByProxy({ name, displayName }, clientOf(ctx));
    return signedIn(ctx, ctx.redirect(next, 303), session);
  } catch (thrown) {
    const problem = problemOf(thrown);
    if (problem === null || ctx.url.searchParams.has("problem")) throw thrown;
    return toLoginWith(ctx, { next, problem });
  }
}
