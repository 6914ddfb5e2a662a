/** `/api/rooms/:id/preview`: what somebody sees of a room before joining it. */
import { json } from "../../../../lib/http/answer.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json(await run(ctx, "previewRoom", { room: idOf(ctx, "id") }));
  },
});
