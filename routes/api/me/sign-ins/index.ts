/** `/api/me/sign-ins`: new sign-ins to the caller's account that nobody has acknowledged. */
import { json } from "../../../../lib/http/answer.ts";
import { callerOf, define } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const signIns = await ctx.state.services.devices.signIns.list(callerOf(ctx));
    return json({ signIns });
  },
});
