/** `/api/messages/:id/thread/read`: how far the caller has read a thread. */
import { noContent } from "../../../../../lib/http/answer.ts";
import { readWith } from "../../../../../lib/http/body.ts";
import { define, idOf, run } from "../../../../../lib/http/state.ts";

export const handler = define.handlers({
  async PUT(ctx) {
    await run(ctx, "markThreadRead", await readWith(ctx, { message: idOf(ctx, "id") }));
    return noContent();
  },
});
