/** `/api/me`: the caller with their settings. */
import { json } from "../../../lib/http/answer.ts";
import { readJson } from "../../../lib/http/body.ts";
import { callerOf, define, run } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  GET: (ctx) => json(callerOf(ctx).user),

  async PATCH(ctx) {
    return json(await run(ctx, "updateMe", await readJson(ctx.req)));
  },
});
