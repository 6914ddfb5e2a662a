/** `/api/messages/:id`: edit and delete. */
import { json, noContent } from "../../../../lib/http/answer.ts";
import { readWith } from "../../../../lib/http/body.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async PATCH(ctx) {
    const message = idOf(ctx, "id");
    return json(await run(ctx, "editMessage", await readWith(ctx, { message })));
  },

  async DELETE(ctx) {
    await run(ctx, "deleteMessage", { message: idOf(ctx, "id") });
    return noContent();
  },
});
