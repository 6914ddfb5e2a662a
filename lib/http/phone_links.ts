/** Where a code to sign in on a phone leads. The address is a secret until the code is used. */
import { siteOrigin } from "../auth/origin.ts";
import type { ShownLink } from "../auth/phone_links.ts";
import { ConfabError } from "../errors.ts";
import type { PhoneLink } from "../protocol/devices.ts";
import { originFacts } from "./session.ts";
import type { Ctx } from "./state.ts";

export function withAddress(ctx: Ctx, { code, ...link }: ShownLink): PhoneLink {
  const origin = siteOrigin(originFacts(ctx), ctx.state.services.site);
  if (origin === null) throw new ConfabError("bad_request", "The Host header is not a host.");
  return { ...link, url: code === null ? null : `${origin}/link/${code}` };
}
