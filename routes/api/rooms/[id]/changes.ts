/** `/api/rooms/:id/changes`: what `sync` gives, over HTTP. */
import { json } from "../../../../lib/http/answer.ts";
import { define, idOf, queryOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json(await run(ctx, "changes", { room: idOf(ctx, "id"), query: queryOf(ctx) }));
  },
});
