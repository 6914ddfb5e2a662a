/** `/readyz`: readiness, for load balancers: a write can be committed now. */
import { json } from "../lib/http/answer.ts";
import { define } from "../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json(await ctx.state.services.ready());
  },
});
