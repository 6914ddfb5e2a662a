/** `/api/login/passkey`: signing in with a passkey, alone or as the second step; two requests. */
import { parse } from "../../../lib/chat/chat.ts";
import { json } from "../../../lib/http/answer.ts";
import { readJsonIfAny } from "../../../lib/http/body.ts";
import { requirePasskeySite, signInByPasskey } from "../../../lib/http/passkeys.ts";
import { clientOf, signedIn } from "../../../lib/http/session.ts";
import { define } from "../../../lib/http/state.ts";
import { loginPasskey } from "../../../lib/protocol/passkeys.ts";

export const handler = define.handlers({
  /** Without a passkey the options to show one, with it the session. */
  async POST(ctx) {
    const { passkey, ticket } = parse(loginPasskey, await readJsonIfAny(ctx, "anybody"));
    if (passkey === undefined) {
      const { shown } = await ctx.state.services.auth.passkeys();
      return json(await shown.optionsToSignIn(ticket, requirePasskeySite(ctx), clientOf(ctx)));
    }
    const session = await signInByPasskey(ctx, passkey, ticket);
    return signedIn(ctx, json(session), session);
  },
});
