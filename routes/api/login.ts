/** `/api/login`: name and password → a session. */
import { parse } from "../../lib/chat/chat.ts";
import { json } from "../../lib/http/answer.ts";
import { readJson } from "../../lib/http/body.ts";
import { clientOf, signedIn } from "../../lib/http/session.ts";
import { define } from "../../lib/http/state.ts";
import { login } from "../../lib/protocol/accounts.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const input = parse(login, await readJson(ctx, "anybody"));
    const result = await ctx.state.services.auth.login(input, clientOf(ctx));
    return signedIn(ctx, json(result), result);
  },
});
