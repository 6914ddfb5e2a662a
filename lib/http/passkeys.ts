/** Passkeys over HTTP: for which site they are, and how a form carries one. It knows no route. */
import type { PasskeySite } from "../auth/passkey_options.ts";
import { siteOrigin } from "../auth/origin.ts";
import type { SignedIn } from "../auth/auth.ts";
import { ConfabError } from "../errors.ts";
import type { Assertion } from "../protocol/passkeys.ts";
import { clientOf, originFacts } from "./session.ts";
import type { Ctx } from "./state.ts";

/** The script of pages on which one is made or shown, in the browser build. */
export const PASSKEYS_ENTRY = "passkeys.ts";

/**
 * The site as its visitors' browsers know it; `null` where they make no passkeys: for an address in
 * numbers, and without TLS unless it is this machine itself (WebAuthn Level 3, section 5.1.3).
 */
export function passkeySiteOf(ctx: Ctx): PasskeySite | null {
  const { site, workspace } = ctx.state.services;
  const origin = siteOrigin(originFacts(ctx), site);
  if (origin === null) return null;
  const { protocol, hostname } = new URL(origin);
  const isLocal = hostname === "localhost" || hostname.endsWith(".localhost");
  const isNumber = hostname.startsWith("[") || /^[\d.]+$/.test(hostname);
  if (isNumber || (protocol !== "https:" && !isLocal)) return null;
  return { origin, id: hostname, name: workspace.get("name") };
}

/** The same, or why not. */
export function requirePasskeySite(ctx: Ctx): PasskeySite {
  const found = passkeySiteOf(ctx);
  if (found !== null) return found;
  throw new ConfabError(
    "forbidden",
    "Browsers make passkeys only for a site with a name of its own, over TLS (or for localhost).",
  );
}

/** A hidden field that a script has filled; what is no JSON fits no schema. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A new session, by a passkey alone, or by one that follows a password under its ticket. */
export async function signInByPasskey(
  ctx: Ctx,
  passkey: Assertion,
  ticket: string | undefined,
): Promise<SignedIn> {
  const site = requirePasskeySite(ctx);
  const { shown } = await ctx.state.services.auth.passkeys();
  return ticket === undefined
    ? await shown.signIn(passkey, site, clientOf(ctx))
    : await shown.finish(ticket, passkey, site, clientOf(ctx));
}
