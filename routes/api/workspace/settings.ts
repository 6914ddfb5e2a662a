/** `/api/workspace/settings`: everything that staff can set, and what is set. */
import { json } from "../../../lib/http/answer.ts";
import { readJson } from "../../../lib/http/body.ts";
import { define, run } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json({ settings: await run(ctx, "getWorkspace", {}) });
  },

  async PATCH(ctx) {
    return json({ settings: await run(ctx, "updateWorkspace", await readJson(ctx)) });
  },
});
