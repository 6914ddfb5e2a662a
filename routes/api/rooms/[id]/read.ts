/** `/api/rooms/:id/read`: the caller's read mark. */
import { noContent } from "../../../../lib/http/answer.ts";
import { readWith } from "../../../../lib/http/body.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async PUT(ctx) {
    await run(ctx, "markRead", await readWith(ctx, { room: idOf(ctx, "id") }));
    return noContent();
  },
});
