/** `/api/me/connections`: the caller's accounts elsewhere. */
import { json } from "../../../../lib/http/answer.ts";
import { define, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json({ connections: await run(ctx, "listConnections", {}) });
  },
});
