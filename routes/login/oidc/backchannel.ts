/** `/login/oidc/backchannel`: a provider says that somebody signed out there. */
import { readForm } from "../../../lib/http/body.ts";
import { clientOf } from "../../../lib/http/session.ts";
import { define } from "../../../lib/http/state.ts";
import { notFound } from "../../../lib/errors.ts";

export const handler = define.handlers({
  async POST(ctx) {
    const { signOn } = ctx.state.services;
    if (signOn.providers.length === 0) throw notFound("page");
    const form = await readForm(ctx, "anybody");
    const { logout } = await signOn.doors();
    await logout.endedThere(form.get("logout_token") ?? "", clientOf(ctx));
    // As the specification has it: 200, and not to be kept (section 2.8).
    return new Response(null, { status: 200, headers: { "cache-control": "no-store" } });
  },
});
