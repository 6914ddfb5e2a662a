/** `/api/me/phone-link/decide`: lets the phone in that has scanned the code, or not. */
import { parse } from "../../../../lib/chat/chat.ts";
import { noContent } from "../../../../lib/http/answer.ts";
import { readJson } from "../../../../lib/http/body.ts";
import { callerOf, define } from "../../../../lib/http/state.ts";
import { decidePhoneLink } from "../../../../lib/protocol/devices.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const { id, allow } = parse(decidePhoneLink, await readJson(ctx));
    await ctx.state.services.devices.phoneLinks.decide(callerOf(ctx), id, allow);
    return noContent();
  },
});
