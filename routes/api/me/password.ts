/** `/api/me/password`: a new password; every other session ends. */
import { parse } from "../../../lib/chat/chat.ts";
import { noContent } from "../../../lib/http/answer.ts";
import { readJson } from "../../../lib/http/body.ts";
import { callerOf, define } from "../../../lib/http/state.ts";
import { changePassword } from "../../../lib/protocol/accounts.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const caller = callerOf(ctx);
    const { current, password } = parse(changePassword, await readJson(ctx));
    await ctx.state.services.auth.changePassword(caller, current, password);
    return noContent();
  },
});
