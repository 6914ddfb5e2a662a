/** `/settings/avatar`: the form with the reader's picture; leads back to their profile. */
import { toLogin } from "../../lib/http/pages.ts";
import { saveAvatar } from "../../lib/http/avatar_form.ts";
import { define } from "../../lib/http/state.ts";

export const handler = define.handlers({
  /** Who comes back to this address finds the page with the form. */
  GET: (ctx) => ctx.redirect("/settings/profile"),

  async POST(ctx) {
    if (ctx.state.caller === null) return toLogin(ctx);
    return await saveAvatar(ctx);
  },
});
