/** `/api/accounts/:id`: one account as staff see it. */
import { json } from "../../../lib/http/answer.ts";
import { define, idOf, run } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json(await run(ctx, "getAccount", { id: idOf(ctx, "id") }));
  },
});
