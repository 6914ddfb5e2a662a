/** `/api/me/phone-link`: a code that signs a phone in, as the device that shows it sees it. */
import { notFound } from "../../../../lib/errors.ts";
import { json } from "../../../../lib/http/answer.ts";
import { withAddress } from "../../../../lib/http/phone_links.ts";
import { callerOf, define } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const link = await ctx.state.services.devices.phoneLinks.shown(callerOf(ctx));
    if (link === null) throw notFound("code");
    return json(withAddress(ctx, link));
  },

  async POST(ctx) {
    const link = await ctx.state.services.devices.phoneLinks.make(callerOf(ctx));
    return json(withAddress(ctx, link), 201);
  },
});
