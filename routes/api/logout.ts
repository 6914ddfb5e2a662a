/** `/api/logout`: ends the session; its sockets close. */
import { noContent } from "../../lib/http/answer.ts";
import { isForm } from "../../lib/http/body.ts";
import { signedOut } from "../../lib/http/session.ts";
import { callerOf, define } from "../../lib/http/state.ts";

export const handler = define.handlers({
  async POST(ctx) {
    // Without JavaScript a form comes here, and a person must be led somewhere.
    const form = isForm(ctx.req);
    if (!form || ctx.state.caller !== null) {
      await ctx.state.services.auth.logout(callerOf(ctx));
    }
    return signedOut(ctx, form ? ctx.redirect("/login", 303) : noContent());
  },
});
