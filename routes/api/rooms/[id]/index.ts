/** `/api/rooms/:id`: a room; changes its name, topic or archived state. */
import { json } from "../../../../lib/http/answer.ts";
import { readWith } from "../../../../lib/http/body.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json(await run(ctx, "getRoom", { room: idOf(ctx, "id") }));
  },

  async PATCH(ctx) {
    const room = idOf(ctx, "id");
    return json(await run(ctx, "updateRoom", await readWith(ctx, { room })));
  },
});
