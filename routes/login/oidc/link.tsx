/** `/login/oidc/link`: the form that begins to link an account elsewhere. */
import { readForm } from "../../../lib/http/body.ts";
import { toLogin } from "../../../lib/http/pages.ts";
import { claimIn, speaksForOther } from "../../../lib/http/session.ts";
import { beginLink } from "../../../lib/http/sign_on.ts";
import { define } from "../../../lib/http/state.ts";
import { showOnward } from "../../(_parts)/onward.tsx";

export const handler = define.handlers({
  // Where the way through `/confirm` or the login ends.
  GET: (ctx) => ctx.redirect("/settings/connections", 303),

  async POST(ctx) {
    const { caller } = ctx.state;
    if (caller === null) return toLogin(ctx);
    const form = await readForm(ctx);
    if (speaksForOther(ctx, caller, claimIn(form))) {
      return ctx.redirect("/settings/connections?notice=otherSession", 303);
    }
    return await beginLink(
      ctx,
      form.get("provider") ?? "",
      (url, { name }) => showOnward(ctx, { kind: "link", url, provider: name }),
    );
  },
});
