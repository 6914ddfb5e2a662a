/** `/api/me`: the caller with their settings. */
import { json } from "../../../lib/http/answer.ts";
import { readJson } from "../../../lib/http/body.ts";
import type { Me } from "../../../lib/protocol/accounts.ts";
import { callerOf, type Ctx, define, run } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  GET: (ctx) => json(withSession(ctx, callerOf(ctx).user)),

  async PATCH(ctx) {
    return json(withSession(ctx, await run(ctx, "updateMe", await readJson(ctx))));
  },
});

/** Besides the account, what a page says about itself in its later requests. */
function withSession(ctx: Ctx, me: Me): Me & { sessionId: number; instance: string } {
  const { instance } = ctx.state.services;
  return { ...me, sessionId: callerOf(ctx).sessionId, instance };
}
