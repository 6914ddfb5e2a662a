/** `/api/logout`: ends the session; its sockets close. */
import { noContent } from "../../lib/http/answer.ts";
import { isForm, readForm } from "../../lib/http/body.ts";
import { signedOut, speaksForOther } from "../../lib/http/session.ts";
import { callerOf, type Ctx, define } from "../../lib/http/state.ts";

export const handler = define.handlers({
  async POST(ctx) {
    if (isForm(ctx.req)) return await logoutByForm(ctx);
    await ctx.state.services.auth.logout(callerOf(ctx));
    return signedOut(ctx, noContent());
  },
});

/** Without JavaScript a form posts here, and the person must be led somewhere. */
async function logoutByForm(ctx: Ctx): Promise<Response> {
  const { caller, services } = ctx.state;
  if (caller !== null) {
    const form = await readForm(ctx);
    // A page from before somebody else signed in: reload it to show who is signed in now.
    const claim = { session: form.get("session"), instance: form.get("instance") };
    if (speaksForOther(ctx, caller, claim)) return ctx.redirect("/", 303);
    await services.auth.logout(caller);
  }
  return signedOut(ctx, ctx.redirect("/login", 303));
}
