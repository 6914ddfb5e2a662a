/** `/api/rooms/:id/unread`: the caller's read mark goes back. */
import { noContent } from "../../../../lib/http/answer.ts";
import { readWith } from "../../../../lib/http/body.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async PUT(ctx) {
    await run(ctx, "markUnread", await readWith(ctx, { room: idOf(ctx, "id") }));
    return noContent();
  },
});
