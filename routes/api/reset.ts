/** `/api/reset`: a new password by a link's token, and a session with it. */
import { parse } from "../../lib/chat/chat.ts";
import { json } from "../../lib/http/answer.ts";
import { readJson } from "../../lib/http/body.ts";
import { setPasswordByLink } from "../../lib/http/recovery.ts";
import { signedIn } from "../../lib/http/session.ts";
import { define } from "../../lib/http/state.ts";
import { usePasswordReset } from "../../lib/protocol/recovery.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const input = parse(usePasswordReset, await readJson(ctx, "anybody"));
    const session = await setPasswordByLink(ctx, input);
    return signedIn(ctx, json(session), session);
  },
});
