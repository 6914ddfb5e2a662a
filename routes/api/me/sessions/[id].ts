/** `/api/me/sessions/:id`: signs another device out. */
import { noContent } from "../../../../lib/http/answer.ts";
import { callerOf, define, idOf } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async DELETE(ctx) {
    await ctx.state.services.auth.revokeSession(callerOf(ctx), idOf(ctx, "id"));
    return noContent();
  },
});
