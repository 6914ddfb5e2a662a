/** `/api/login/phone/open`: the phone's session, once the other device has confirmed. */
import { parse } from "../../../../lib/chat/chat.ts";
import { json } from "../../../../lib/http/answer.ts";
import { readJson } from "../../../../lib/http/body.ts";
import { clientOf, signedIn } from "../../../../lib/http/session.ts";
import { define } from "../../../../lib/http/state.ts";
import { openPhoneLink } from "../../../../lib/protocol/devices.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const { ticket } = parse(openPhoneLink, await readJson(ctx, "anybody"));
    const session = await ctx.state.services.devices.phoneLinks.open(ticket, clientOf(ctx));
    return session === null ? json({ state: "asked" }, 202) : signedIn(ctx, json(session), session);
  },
});
