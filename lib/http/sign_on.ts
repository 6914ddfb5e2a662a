/**
 * Signing in by a provider, as a browser goes through it: there, back, and out again. Nothing of
 * it stays in an address or goes to another site: what comes back is answered by a redirect, and no
 * page of these says where its reader came from.
 */
import { type Errand, ProviderRefusal } from "../auth/provider_refusal.ts";
import type { Provider } from "../auth/sign_on.ts";
import { confirmFirst, notFound, toConfabError } from "../errors.ts";
import { mayEndanger } from "../protocol/permissions.ts";
import { PROVIDER_PROBLEMS, type ProviderProblem } from "../protocol/ways_in.ts";
import { forget, forgetSurplus, keep, keptIn } from "./kept.ts";
import { clientOf, nextPath, ownOrigin, signedIn } from "./session.ts";
import { callerOf, type Ctx } from "./state.ts";

const JOURNEY = "way";
const FAREWELL = "bye";
/** Time to get to the login page after signing out, in milliseconds. */
const FAREWELL_TIME = 60_000;

/** `GET /login/oidc`: leads to the provider, to come in by it. */
export async function beginSignIn(ctx: Ctx): Promise<Response> {
  const { searchParams } = ctx.url;
  const next = nextPath(searchParams.get("next"));
  const { signOn } = ctx.state.services;
  if (signOn.providers.length === 0) throw notFound("page");
  // Another site could lead somebody through a provider at which it has signed them in as somebody
  // else before. They press the button themselves.
  if (ctx.req.headers.get("sec-fetch-site") === "cross-site") return toLoginWith(ctx, { next });
  const named = searchParams.get("provider");
  const { providers } = await signOn.doors();
  const id = named ?? (signOn.providers.length === 1 ? signOn.providers[0]!.id : null);
  const provider = providers.find(id);
  if (named !== null && provider === null) throw notFound("page");
  if (provider === null) return toLoginWith(ctx, { next });
  const again = searchParams.get("confirm") !== null && ctx.state.caller !== null;
  const errand: Errand = again
    ? { kind: "confirm", session: callerOf(ctx).sessionId }
    : { kind: "enter", invite: searchParams.get("invite")?.slice(0, 256) || null };
  try {
    const begun = await begin(ctx, provider, errand, next);
    return leaving(ctx, begun, (url) => ctx.redirect(url.href, 302));
  } catch (thrown) {
    return refusedTo(ctx, thrown, { next, provider: provider.id });
  }
}

/**
 * Begins to link an account there, for a signed-in caller who has shown lately who they are. Gives
 * where to go: not by a redirect, since a form may lead to no other site (`form-action`).
 */
export async function beginLink(
  ctx: Ctx,
  id: string,
  show: (url: URL, provider: Provider) => Promise<Response> | Response,
): Promise<Response> {
  const caller = callerOf(ctx);
  const { signOn, now } = ctx.state.services;
  if (mayEndanger(caller.confirmedAt, now()) !== "allowed") throw confirmFirst();
  const provider = signOn.providers.length === 0 ? null : (await signOn.doors()).providers.find(id);
  if (provider === null) throw notFound("provider");
  const errand: Errand = { kind: "link", session: caller.sessionId };
  try {
    const begun = await begin(ctx, provider, errand, "/settings/connections");
    return leaving(ctx, begun, await show(begun.url, provider));
  } catch (thrown) {
    return refusedTo(ctx, thrown, { next: "/", provider: provider.id });
  }
}

async function begin(ctx: Ctx, provider: Provider, errand: Errand, next: string) {
  const { providers } = await ctx.state.services.signOn.doors();
  return await providers.begin(provider, { origin: ownOrigin(ctx), errand, next }, clientOf(ctx));
}

function leaving(
  ctx: Ctx,
  { url, kept }: Awaited<ReturnType<typeof begin>>,
  answer: Response | ((url: URL) => Response),
): Response {
  const response = quiet(typeof answer === "function" ? answer(url) : answer);
  forgetSurplus(ctx, response, JOURNEY);
  keep(ctx, response, { ...kept, name: JOURNEY + kept.name });
  return response;
}

/** `/login/oidc/callback`: the browser is back with the provider's answer. */
export async function arrive(ctx: Ctx, via: string | null): Promise<Response> {
  const { signOn } = ctx.state.services;
  if (signOn.providers.length === 0) throw notFound("page");
  const { providers } = await signOn.doors();
  const used: string[] = [];
  const kept = (name: string) => {
    used.push(JOURNEY + name);
    return keptIn(ctx, JOURNEY + name);
  };
  const response = await arrived().catch((thrown) => refusedTo(ctx, thrown, { next: "/" }));
  for (const name of used) forget(ctx, response, name);
  return quiet(response);

  async function arrived(): Promise<Response> {
    const { caller } = ctx.state;
    const arrival = await providers.arrive({ answer: ctx.url, kept, via, caller }, clientOf(ctx));
    if (arrival.kind === "entered") {
      return signedIn(ctx, ctx.redirect(arrival.next, 303), arrival.session);
    }
    const notice = arrival.kind === "linked" ? "?notice=linked" : "";
    return ctx.redirect(arrival.next + notice, 303);
  }
}

/** Back to a page of ours, which says why; what is no refusal is thrown on. */
function refusedTo(
  ctx: Ctx,
  thrown: unknown,
  { next, provider }: { next: string; provider?: string },
): Response {
  const problem = problemOf(thrown);
  if (problem === null) throw thrown;
  const errand = thrown instanceof ProviderRefusal ? thrown.errand : null;
  if (errand !== null && errand !== "enter" && ctx.state.caller !== null) {
    return quiet(ctx.redirect(`/settings/connections?problem=${problem}`, 303));
  }
  return quiet(toLoginWith(ctx, { next, problem, ...(provider && { provider }) }));
}

export function problemOf(thrown: unknown): ProviderProblem | null {
  if (thrown instanceof ProviderRefusal) return thrown.problem;
  switch (toConfabError(thrown).code) {
    case "forbidden":
      return "disabled";
    case "not_found": // of the invitation that they came with
      return "no_account";
    case "unauthenticated": // unlinked meanwhile
      return "expired";
    default:
      return null;
  }
}

export function toLoginWith(ctx: Ctx, said: Record<string, string>): Response {
  const query = new URLSearchParams(said);
  if (query.get("next") === "/") query.delete("next");
  return ctx.redirect(`/login${query.size === 0 ? "" : `?${query}`}`, 303);
}

/** No page of another site, and no log of one, learns of this address. */
function quiet(response: Response): Response {
  response.headers.set("referrer-policy", "no-referrer");
  response.headers.set("cache-control", "no-store");
  return response;
}

/** Before signing out here: what it takes to sign out there, if the session began there. */
export async function farewellOf(ctx: Ctx): Promise<((response: Response) => Response) | null> {
  const caller = callerOf(ctx);
  const { signOn, now } = ctx.state.services;
  if (caller.way !== "oidc" || signOn.providers.length === 0) return null;
  const { farewells, providers } = await signOn.doors();
  const upstream = await providers.upstreamOf(caller);
  if (upstream === null) return null;
  const until = now() + FAREWELL_TIME;
  const { provider, idToken } = upstream;
  const value = await farewells.seal({ provider, idToken }, until);
  return (response) => {
    keep(ctx, response, { name: FAREWELL, value, until });
    return response;
  };
}

/** On the login page after signing out: where the browser signs out there, once. */
export async function takeFarewell(ctx: Ctx): Promise<{ url: URL; provider: string } | null> {
  // A script that follows the logout's answer only looks where it leads, and goes there afterwards.
  if ((ctx.req.headers.get("sec-fetch-mode") ?? "navigate") !== "navigate") return null;
  const { signOn } = ctx.state.services;
  if (signOn.providers.length === 0) return null;
  const sealed = keptIn(ctx, FAREWELL);
  if (sealed === null) return null;
  const { farewells, providers } = await signOn.doors();
  const opened = await farewells.open(sealed);
  if (opened === null) return null;
  const { provider: id, idToken } = opened.content;
  try {
    const url = await providers.logoutUrl({ provider: id, idToken }, `${ownOrigin(ctx)}/login`);
    return url && { url, provider: providers.find(id)!.name };
  } catch (thrown) {
    if (thrown instanceof ProviderRefusal) return null; // it is away: here they are signed out
    throw thrown;
  }
}

export function forgetFarewell(ctx: Ctx, response: Response): Response {
  forget(ctx, response, FAREWELL);
  return quiet(response);
}

/** What the pages of the doors show of it. */
export function signOnShown(ctx: Ctx) {
  const { signOn } = ctx.state.services;
  const { searchParams } = ctx.url;
  const said = searchParams.get("problem");
  return {
    providers: signOn.providers,
    only: signOn.isOnlyWay(),
    problem: PROVIDER_PROBLEMS.find((problem) => problem === said) ?? null,
    provider: searchParams.get("provider"),
  };
}
