import { json } from "../lib/http/answer.ts";
import { define } from "../lib/http/state.ts";

/** Readiness: a write can be committed now. */
export const handler = define.handlers({
  async GET(ctx) {
    await ctx.state.services.ready();
    return json({ status: "ready" });
  },
});
