/** `/api/me/confirm/passkey`: the options with which a browser shows a passkey to confirm. */
import { json } from "../../../../lib/http/answer.ts";
import { requirePasskeySite } from "../../../../lib/http/passkeys.ts";
import { callerOf, define } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const caller = callerOf(ctx);
    const { shown } = await ctx.state.services.auth.passkeys();
    return json(await shown.optionsToConfirm(caller, requirePasskeySite(ctx)));
  },
});
