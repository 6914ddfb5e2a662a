/** `/api/me/sign-ins/seen`: these were the caller's own. */
import { parse } from "../../../../lib/chat/chat.ts";
import { noContent } from "../../../../lib/http/answer.ts";
import { readJson } from "../../../../lib/http/body.ts";
import { callerOf, define } from "../../../../lib/http/state.ts";
import { seeSignIns } from "../../../../lib/protocol/devices.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const { ids } = parse(seeSignIns, await readJson(ctx));
    await ctx.state.services.devices.signIns.see(callerOf(ctx), ids);
    return noContent();
  },
});
