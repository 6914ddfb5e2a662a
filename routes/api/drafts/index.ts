/** `/api/drafts`: all that the caller has written and not sent. */
import { json } from "../../../lib/http/answer.ts";
import { define, run } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json({ drafts: await run(ctx, "listDrafts", {}) });
  },
});
