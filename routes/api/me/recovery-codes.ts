/** `/api/me/recovery-codes`: ten new ones, each of which stands in for the second factor once. */
import { parse } from "../../../lib/chat/chat.ts";
import { json } from "../../../lib/http/answer.ts";
import { readJsonIfAny } from "../../../lib/http/body.ts";
import { clientOf } from "../../../lib/http/session.ts";
import { callerOf, define } from "../../../lib/http/state.ts";
import { ownPassword } from "../../../lib/protocol/second_factor.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const caller = callerOf(ctx);
    const { password } = parse(ownPassword, await readJsonIfAny(ctx));
    const factors = await ctx.state.services.auth.factors();
    return json({ codes: await factors.renewCodes(caller, password, clientOf(ctx)) });
  },
});
