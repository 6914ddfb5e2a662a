/** Where a request comes from, according to the trusted proxies. */
import { clientAddress, clientScheme } from "../auth/address.ts";
import { chooseLanguage } from "../ui/catalogue/catalogue.ts";
import type { Language } from "../protocol/accounts.ts";
import { type Ctx, define } from "./state.ts";

/** Fills in the address, whether it came over TLS, and the browser's languages. */
export const locate = define.middleware((ctx) => {
  const { headers } = ctx.req;
  const { trustProxy, site } = ctx.state.services;
  const remote = ctx.info.remoteAddr;
  ctx.state.address = clientAddress({
    peer: "hostname" in remote ? remote.hostname : null,
    forwardedFor: headers.get("x-forwarded-for"),
    trustProxy,
  });
  const own = ctx.req.url.startsWith("https:") || site.origin?.startsWith("https:")
    ? "https"
    : "http";
  const scheme = clientScheme({
    own,
    forwardedProto: headers.get("x-forwarded-proto"),
    trustProxy,
  });
  ctx.state.secure = scheme === "https";
  ctx.state.language = chooseLanguage(languageHere(ctx), headers.get("accept-language"));
  return ctx.next();
});

/** The one that staff have set for whoever has chosen none; null: the browser's. */
export function languageHere(ctx: Pick<Ctx, "state">): Language | null {
  const language = ctx.state.services.workspace.get("language");
  return language === "browser" ? null : language;
}
