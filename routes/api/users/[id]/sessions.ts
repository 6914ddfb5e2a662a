/** `/api/users/:id/sessions`: staff sign somebody out everywhere. */
import { noContent } from "../../../../lib/http/answer.ts";
import { define, idOf, run } from "../../../../lib/http/state.ts";

export const handler = define.handlers({
  async DELETE(ctx) {
    await run(ctx, "signOutUser", { userId: idOf(ctx, "id") });
    return noContent();
  },
});
