/** `/api/users/:id/erase`: staff erase somebody who is gone for good. */
import { json } from "../../../../lib/http/answer.ts";
import { readWith } from "../../../../lib/http/body.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async POST(ctx) {
    return json(await run(ctx, "eraseUser", await readWith(ctx, { userId: idOf(ctx, "id") })));
  },
});
