/** `/api/messages/:id/heard`: the caller has heard a voice message. */
import { noContent } from "../../../../lib/http/answer.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async PUT(ctx) {
    await run(ctx, "hearMessage", { message: idOf(ctx, "id") });
    return noContent();
  },
});
