/** `/api/me/totp`: an authenticator app as the second factor: whether there is one, on and off. */
import { parse } from "../../../lib/chat/chat.ts";
import { json, noContent } from "../../../lib/http/answer.ts";
import { readJsonIfAny } from "../../../lib/http/body.ts";
import { clientOf } from "../../../lib/http/session.ts";
import { callerOf, define } from "../../../lib/http/state.ts";
import { ownPassword, setUpTotp } from "../../../lib/protocol/second_factor.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const factors = await ctx.state.services.auth.factors();
    return json(await factors.state(callerOf(ctx)));
  },

  /** First the password, for a secret; then the app's first code, for recovery codes. */
  async POST(ctx) {
    const caller = callerOf(ctx);
    const input = parse(setUpTotp, await readJsonIfAny(ctx));
    const factors = await ctx.state.services.auth.factors();
    if (!("code" in input)) return json(await factors.beginTotp(caller, input));
    return json({ codes: await factors.confirmTotp(caller, input.code, clientOf(ctx)) });
  },

  async DELETE(ctx) {
    const caller = callerOf(ctx);
    const { password } = parse(ownPassword, await readJsonIfAny(ctx));
    const factors = await ctx.state.services.auth.factors();
    await factors.removeTotp(caller, password, clientOf(ctx));
    return noContent();
  },
});
