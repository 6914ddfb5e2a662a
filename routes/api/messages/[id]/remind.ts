/** `/api/messages/:id/remind`: reminds the caller of a message, or does so no more. */
import { noContent } from "../../../../lib/http/answer.ts";
import { readWith } from "../../../../lib/http/body.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async POST(ctx) {
    await run(ctx, "remind", await readWith(ctx, { message: idOf(ctx, "id") }));
    return noContent();
  },

  async DELETE(ctx) {
    await run(ctx, "dropReminder", { message: idOf(ctx, "id") });
    return noContent();
  },
});
