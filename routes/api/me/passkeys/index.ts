/** `/api/me/passkeys`: one's own passkeys; a new one takes two requests. */
import { parse } from "../../../../lib/chat/chat.ts";
import { json, noContent } from "../../../../lib/http/answer.ts";
import { readJson, readJsonIfAny } from "../../../../lib/http/body.ts";
import { requirePasskeySite } from "../../../../lib/http/passkeys.ts";
import { clientOf } from "../../../../lib/http/session.ts";
import { callerOf, define } from "../../../../lib/http/state.ts";
import { addPasskey, setAfterPassword } from "../../../../lib/protocol/passkeys.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { own } = await ctx.state.services.auth.passkeys();
    return json(await own.list(callerOf(ctx)));
  },

  /** Without a passkey the options to make one, with it the passkey that was kept. */
  async POST(ctx) {
    const caller = callerOf(ctx);
    const { passkey, name } = parse(addPasskey, await readJsonIfAny(ctx));
    const { own } = await ctx.state.services.auth.passkeys();
    const site = requirePasskeySite(ctx);
    if (passkey === undefined) return json(await own.optionsToAdd(caller, site));
    return json(await own.add(caller, { passkey, name }, site, clientOf(ctx)), 201);
  },

  async PATCH(ctx) {
    const caller = callerOf(ctx);
    const { afterPassword } = parse(setAfterPassword, await readJson(ctx));
    const { own } = await ctx.state.services.auth.passkeys();
    await own.setAfterPassword(caller, afterPassword, clientOf(ctx));
    return noContent();
  },
});
