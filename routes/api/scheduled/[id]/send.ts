/** `/api/scheduled/:id/send`: sends a message that waits, without waiting for its time. */
import { json } from "../../../../lib/http/answer.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async POST(ctx) {
    return json(await run(ctx, "sendScheduled", { scheduled: idOf(ctx, "id") }), 201);
  },
});
