/** `/api/login/phone`: a phone has scanned a code, and asks to be let in. */
import { parse } from "../../../../lib/chat/chat.ts";
import { json } from "../../../../lib/http/answer.ts";
import { readJson } from "../../../../lib/http/body.ts";
import { clientOf } from "../../../../lib/http/session.ts";
import { define } from "../../../../lib/http/state.ts";
import { claimPhoneLink } from "../../../../lib/protocol/devices.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const { code } = parse(claimPhoneLink, await readJson(ctx, "anybody"));
    return json(await ctx.state.services.devices.phoneLinks.claim(code, clientOf(ctx)), 201);
  },
});
