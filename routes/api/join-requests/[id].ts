/** `/api/join-requests/:id`: lets somebody in, or refuses. */
import { json } from "../../../lib/http/answer.ts";
import { readWith } from "../../../lib/http/body.ts";
import { define, idOf, run } from "../../../lib/http/state.ts";

export const handler = define.handlers({
  async PATCH(ctx) {
    const input = await readWith(ctx, { id: idOf(ctx, "id") });
    return json(await run(ctx, "decideJoinRequest", input));
  },
});
