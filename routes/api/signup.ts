/** `/api/signup`: a new account with its first session. */
import { parse } from "../../lib/chat/chat.ts";
import { json } from "../../lib/http/answer.ts";
import { readJson } from "../../lib/http/body.ts";
import { clientOf, signedIn } from "../../lib/http/session.ts";
import { define } from "../../lib/http/state.ts";
import { signup } from "../../lib/protocol/accounts.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const input = parse(signup, await readJson(ctx, "anybody"));
    const result = await ctx.state.services.auth.signup(input, clientOf(ctx));
    return signedIn(ctx, json(result, 201), result);
  },
});
