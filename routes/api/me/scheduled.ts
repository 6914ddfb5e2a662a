/** `/api/me/scheduled`: the caller's messages that wait to be sent. */
import { json } from "../../../lib/http/answer.ts";
import { define, run } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json({ scheduled: await run(ctx, "listScheduled", {}) });
  },
});
