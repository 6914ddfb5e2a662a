/** `/api/me/sessions`: where the caller is signed in. */
import { json } from "../../../../lib/http/answer.ts";
import { callerOf, define } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json({ sessions: await ctx.state.services.auth.sessions(callerOf(ctx)) });
  },
});
