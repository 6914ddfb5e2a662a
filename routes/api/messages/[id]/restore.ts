/** `/api/messages/:id/restore`: takes a deletion back, for a short time. */
import { json } from "../../../../lib/http/answer.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async POST(ctx) {
    return json(await run(ctx, "restoreMessage", { message: idOf(ctx, "id") }));
  },
});
