/** `/api/me/connections/:id`: unlinks one of the caller's accounts elsewhere. */
import { noContent } from "../../../../lib/http/answer.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async DELETE(ctx) {
    await run(ctx, "removeConnection", { connection: idOf(ctx, "id") });
    return noContent();
  },
});
