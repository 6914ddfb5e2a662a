/** `/api/login`: name and password → a session. */
import { LOGIN, openByJson } from "../../lib/http/opening.ts";
import { define } from "../../lib/http/state.ts";

export const handler = define.handlers({
  POST: (ctx) => openByJson(ctx, LOGIN),
});
