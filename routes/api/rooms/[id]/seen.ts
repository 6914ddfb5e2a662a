/** `/api/rooms/:id/seen`: how far the others of a direct room have seen it. */
import { json } from "../../../../lib/http/answer.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json(await run(ctx, "listSeen", { room: idOf(ctx, "id") }));
  },
});
