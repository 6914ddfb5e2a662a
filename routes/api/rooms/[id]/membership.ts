/** `/api/rooms/:id/membership`: what the caller is notified about. */
import { json } from "../../../../lib/http/answer.ts";
import { readWith } from "../../../../lib/http/body.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async PATCH(ctx) {
    const room = idOf(ctx, "id");
    return json(await run(ctx, "updateMembership", await readWith(ctx, { room })));
  },
});
