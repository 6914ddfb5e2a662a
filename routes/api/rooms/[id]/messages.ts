/** `/api/rooms/:id/messages`: history by page, and new messages. */
import { json } from "../../../../lib/http/answer.ts";
import { readWith } from "../../../../lib/http/body.ts";
import { define, idOf, queryOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return json(await run(ctx, "history", { room: idOf(ctx, "id"), query: queryOf(ctx) }));
  },

  async POST(ctx) {
    const room = idOf(ctx, "id");
    const sent = await run(ctx, "post", await readWith(ctx, { room }));
    return json(sent.message, sent.duplicate ? 200 : 201);
  },
});
