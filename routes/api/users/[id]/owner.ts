/** `/api/users/:id/owner`: the owner gives the place to somebody. */
import { json } from "../../../../lib/http/answer.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async POST(ctx) {
    return json(await run(ctx, "handOver", { userId: idOf(ctx, "id") }));
  },
});
