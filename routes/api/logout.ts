/** `/api/logout`: ends the session; its sockets close. */
import { noContent } from "../../lib/http/answer.ts";
import { isForm, readForm } from "../../lib/http/body.ts";
import { farewellOf } from "../../lib/http/sign_on.ts";
import { claimIn, signedOut, speaksForOther } from "../../lib/http/session.ts";
import { callerOf, type Ctx, define } from "../../lib/http/state.ts";

export const handler = define.handlers({
  async POST(ctx) {
    if (isForm(ctx.req)) return await logoutByForm(ctx);
    const caller = callerOf(ctx);
    const farewell = await farewellOf(ctx);
    await ctx.state.services.auth.logout(caller);
    const response = signedOut(ctx, noContent());
    return farewell?.(response) ?? response;
  },
});

/** Without JavaScript a form posts here, and the person must be led somewhere. */
async function logoutByForm(ctx: Ctx): Promise<Response> {
  const { caller, services } = ctx.state;
  if (caller !== null) {
    const form = await readForm(ctx);
    // A page from before somebody else signed in: reload it to show who is signed in now.
    if (speaksForOther(ctx, caller, claimIn(form))) return ctx.redirect("/", 303);
    const farewell = await farewellOf(ctx);
    await services.auth.logout(caller);
    const response = signedOut(ctx, ctx.redirect("/login", 303));
    return farewell?.(response) ?? response;
  }
  return signedOut(ctx, ctx.redirect("/login", 303));
}
