/** `/api/me/passkeys/:id`: another name for a passkey, and its removal. */
import { parse } from "../../../../lib/chat/chat.ts";
import { noContent } from "../../../../lib/http/answer.ts";
import { readJson } from "../../../../lib/http/body.ts";
import { clientOf } from "../../../../lib/http/session.ts";
import { callerOf, define, idOf } from "../../../../lib/http/state.ts";
import { renamePasskey } from "../../../../lib/protocol/passkeys.ts";

export const handler = define.handlers({
  async PATCH(ctx) {
    const caller = callerOf(ctx);
    const { name } = parse(renamePasskey, await readJson(ctx));
    const { own } = await ctx.state.services.auth.passkeys();
    await own.rename(caller, idOf(ctx, "id"), name);
    return noContent();
  },

  async DELETE(ctx) {
    const caller = callerOf(ctx);
    const { own } = await ctx.state.services.auth.passkeys();
    await own.remove(caller, idOf(ctx, "id"), clientOf(ctx));
    return noContent();
  },
});
