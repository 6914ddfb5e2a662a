/** `/admin/logo`: the form with the workspace's picture; leads back to the settings. */
import { admitStaff } from "../../lib/http/admin.ts";
import { saveLogo } from "../../lib/http/admin_logo.ts";
import { toLogin } from "../../lib/http/pages.ts";
import { define } from "../../lib/http/state.ts";

export const handler = define.handlers({
  /** Who comes back to this address finds the page with the form. */
  GET: (ctx) => ctx.redirect("/admin/settings"),

  async POST(ctx) {
    if (ctx.state.caller === null) return toLogin(ctx);
    admitStaff(ctx);
    return await saveLogo(ctx);
  },
});
