/** `/api/me/confirm`: what one may confirm with, and showing once more who one is. */
import { json, noContent } from "../../../../lib/http/answer.ts";
import { readJson } from "../../../../lib/http/body.ts";
import { confirmByProof } from "../../../../lib/http/confirming.ts";
import { callerOf, define } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json(await ctx.state.services.auth.confirming.state(callerOf(ctx)));
  },

  async POST(ctx) {
    callerOf(ctx);
    await confirmByProof(ctx, await readJson(ctx));
    return noContent();
  },
});
