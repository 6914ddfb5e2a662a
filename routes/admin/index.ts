/** `/admin`: redirects to the first of its pages. */
import { define } from "../../lib/http/state.ts";

export const handler = define.handlers({ GET: (ctx) => ctx.redirect("/admin/people") });
