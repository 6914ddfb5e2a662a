/** `/api/me/confirm`: what one may confirm with, and showing once more who one is. */
import { parse } from "../../../lib/chat/chat.ts";
import { json, noContent } from "../../../lib/http/answer.ts";
import { readJson } from "../../../lib/http/body.ts";
import { callerOf, define } from "../../../lib/http/state.ts";
import { confirm } from "../../../lib/protocol/confirming.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json(await ctx.state.services.auth.confirming.state(callerOf(ctx)));
  },

  async POST(ctx) {
    const caller = callerOf(ctx);
    const proof = parse(confirm, await readJson(ctx));
    await ctx.state.services.auth.confirming.confirm(caller, proof);
    return noContent();
  },
});
